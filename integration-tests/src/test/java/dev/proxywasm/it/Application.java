package dev.proxywasm.it;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What the application behind the filter does with a request. */
interface Application {
    void handle(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
}
