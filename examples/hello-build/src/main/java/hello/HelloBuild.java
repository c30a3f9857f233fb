package hello;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class HelloBuild {
    @GetMapping("/")
    String hello() {
        return "Hello from Sledge";
    }

    public static void main(String[] args) {
        SpringApplication.run(HelloBuild.class, args);
    }
}
