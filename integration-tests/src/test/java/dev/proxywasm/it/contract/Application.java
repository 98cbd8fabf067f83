package dev.proxywasm.it.contract;

/** What the application behind the plugins does with a request; on servlet containers and on plain handlers alike. */
public interface Application {
    void handle(Call call) throws Exception;
}
