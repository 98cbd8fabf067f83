package dev.proxywasm.servlet;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

class UndertowFilterTest {

    @Nested
    class Headers extends HeadersContract {
        @Override
        TestServer newServer(Path directory) throws Exception {
            return new UndertowServer();
        }
    }

    @Nested
    class Bodies extends BodiesContract {
        @Override
        TestServer newServer(Path directory) throws Exception {
            return new UndertowServer();
        }
    }

    @Nested
    class Life extends LifeContract {
        @Override
        TestServer newServer(Path directory) throws Exception {
            return new UndertowServer();
        }
    }

    @Nested
    class Errors extends ErrorsContract {
        @Override
        TestServer newServer(Path directory) throws Exception {
            return new UndertowServer();
        }
    }

    @Nested
    class Stack extends StackContract {
        @Override
        TestServer newServer(Path directory) throws Exception {
            return new UndertowServer();
        }
    }
}
