package dev.proxywasm.testing;

import dev.proxywasm.internal.callback.Callback;

/**
 * What the guest {@code wat/stream/recorder} does in which callback: its plugin configuration, put together from strings.
 *
 * <pre>{@code on(REQUEST_HEADERS, pause()) + on(TICK, actOn(2), resumeRequest())}</pre>
 */
public final class Script {

    private Script() {}

    /** Instructions for a callback. */
    public static String on(Callback callback, String... instructions) {
        return lines(letter(callback), instructions);
    }

    /** Instructions for a callback that sees the end of the stream. */
    public static String atEnd(Callback callback, String... instructions) {
        return lines(Character.toUpperCase(letter(callback)), instructions);
    }

    private static String lines(char letter, String... instructions) {
        StringBuilder script = new StringBuilder();
        for (String instruction : instructions) {
            script.append(letter).append(instruction).append(';');
        }
        return script.toString();
    }

    /** Answers that number. */
    public static String answer(int value) {
        return "a" + value;
    }

    /** Answers Pause. */
    public static String pause() {
        return answer(1);
    }

    /** Follows the rest only if the request has that header. */
    public static String onlyIf(String header) {
        return "i" + header;
    }

    /** Writes a line to the trace. */
    public static String say(String text) {
        return "L" + text;
    }

    /** Resumes the request. */
    public static String resumeRequest() {
        return "c0";
    }

    /** Resumes the response. */
    public static String resumeResponse() {
        return "c1";
    }

    /** Closes a stream of that type. */
    public static String close(int streamType) {
        return "k" + streamType;
    }

    /** Makes that context effective. */
    public static String actOn(int context) {
        return "f" + context;
    }

    /** Sets the period of ticks. */
    public static String tickEvery(int millis) {
        return "p" + millis;
    }

    /** Calls {@code proxy_done}. */
    public static String done() {
        return "D";
    }

    /** Sends a local response. */
    public static String reply(int status, String body) {
        return "r" + status + "," + body;
    }

    /** Sets a range of the request's body. */
    public static String setRequestBody(long start, long size, String text) {
        return "w" + start + "," + size + "," + text;
    }

    /** Sets a range of the response's body. */
    public static String setResponseBody(long start, long size, String text) {
        return "W" + start + "," + size + "," + text;
    }

    /** Writes the request's body to the trace. */
    public static String showRequestBody() {
        return "n";
    }

    /** Writes the response's body to the trace. */
    public static String showResponseBody() {
        return "N";
    }

    /** Adds a header to the map of that number: 0 request headers, 1 their trailers, 2 response headers, 3 their trailers. */
    public static String add(int map, String name, String value) {
        return "h" + map + "," + name + "=" + value;
    }

    /** Writes the value of a header to the trace. */
    public static String show(int map, String name) {
        return "g" + map + "," + name;
    }

    /** Executes {@code unreachable}. */
    public static String trap() {
        return "!";
    }

    /** Never returns. */
    public static String loop() {
        return "@";
    }

    /** Calls itself without end. */
    public static String recurse() {
        return "^";
    }

    /** Calls a function that no host has. */
    public static String callUnknown() {
        return "?";
    }

    /** Calls {@code proc_exit}. */
    public static String exit(int code) {
        return "E" + code;
    }

    /** Takes all the memory that it is given, and traces how many pages it has. */
    public static String growMemory() {
        return "M";
    }

    /** Makes that many hostcalls. */
    public static String hostcalls(int count) {
        return "#" + count;
    }

    private static char letter(Callback callback) {
        return switch (callback) {
            case CONTEXT_CREATE -> 'c';
            case VM_START -> 'v';
            case CONFIGURE -> 'g';
            case TICK -> 't';
            case REQUEST_HEADERS -> 'q';
            case REQUEST_BODY -> 'b';
            case REQUEST_TRAILERS -> 'u';
            case RESPONSE_HEADERS -> 's';
            case RESPONSE_BODY -> 'y';
            case RESPONSE_TRAILERS -> 'z';
            case DONE -> 'd';
            case LOG -> 'l';
            case DELETE -> 'x';
            default -> throw new IllegalArgumentException("the recording guest has no " + callback);
        };
    }
}
