package dev.proxywasm.servlet;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

class TomcatFilterTest {

    @Nested
    class Headers extends HeadersContract {
        @Override
        TestServer newServer(Path directory) throws Exception {
            return new TomcatServer(directory);
        }
    }

    @Nested
    class Bodies extends BodiesContract {
        @Override
        TestServer newServer(Path directory) throws Exception {
            return new TomcatServer(directory);
        }
    }

    @Nested
    class Life extends LifeContract {
        @Override
        TestServer newServer(Path directory) throws Exception {
            return new TomcatServer(directory);
        }
    }

    @Nested
    class Errors extends ErrorsContract {
        @Override
        TestServer newServer(Path directory) throws Exception {
            return new TomcatServer(directory);
        }
    }

    @Nested
    class Stack extends StackContract {
        @Override
        TestServer newServer(Path directory) throws Exception {
            return new TomcatServer(directory);
        }
    }
}
