package dev.proxywasm.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The header names that clients and applications usually write with capitals, so that their lower case need not be made each time. */
final class UsualNames {

    private static final Map<String, String> LOWER_CASE = List.of(
                    "Accept",
                    "Accept-Encoding",
                    "Accept-Language",
                    "Authorization",
                    "Cache-Control",
                    "Connection",
                    "Content-Encoding",
                    "Content-Language",
                    "Content-Length",
                    "Content-Type",
                    "Cookie",
                    "Date",
                    "ETag",
                    "Expires",
                    "Host",
                    "If-Modified-Since",
                    "If-None-Match",
                    "Last-Modified",
                    "Location",
                    "Origin",
                    "Pragma",
                    "Referer",
                    "Sec-Fetch-Dest",
                    "Sec-Fetch-Mode",
                    "Sec-Fetch-Site",
                    "Sec-Fetch-User",
                    "Server",
                    "Set-Cookie",
                    "Transfer-Encoding",
                    "Upgrade",
                    "Upgrade-Insecure-Requests",
                    "User-Agent",
                    "Vary",
                    "Via",
                    "X-Forwarded-For",
                    "X-Forwarded-Host",
                    "X-Forwarded-Proto",
                    "X-Request-Id")
            .stream()
            .collect(Collectors.toUnmodifiableMap(Function.identity(), name -> name.toLowerCase(Locale.ROOT)));

    private UsualNames() {}

    static String lowerCase(String name) {
        String known = LOWER_CASE.get(name);
        return known == null ? name.toLowerCase(Locale.ROOT) : known;
    }
}
