package dev.proxywasm.it.contract;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** An application that needs to be a servlet. */
public interface ServletApplication {
    void handle(HttpServletRequest request, HttpServletResponse response) throws Exception;
}
