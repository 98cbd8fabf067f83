package dev.proxywasm.samples.spring;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A shop behind two filters; it knows nothing of them, they are in the application.yaml. */
@SpringBootApplication
@RestController
public class Shop {

    /** Starts the shop. */
    public static void main(String[] arguments) {
        SpringApplication.run(Shop.class, arguments);
    }

    /** What everybody may see. */
    @GetMapping("/articles/{id}")
    Map<String, Object> article(@PathVariable int id) {
        return Map.of("id", id, "name", "Tea");
    }

    /** What only clients with a key see: a filter guards it. */
    @GetMapping("/private/stock")
    Map<String, Object> stock() {
        return Map.of("Tea", 42);
    }
}
