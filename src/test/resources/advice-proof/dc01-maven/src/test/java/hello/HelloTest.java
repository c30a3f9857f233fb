package hello;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HelloTest {
    @Test
    void reversesTheWord() {
        assertTrue(Hello.greeting().endsWith(" even"));
    }
}
