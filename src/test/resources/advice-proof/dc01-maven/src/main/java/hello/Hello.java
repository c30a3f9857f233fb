package hello;

import org.apache.commons.lang3.StringUtils;

public class Hello {
    static String greeting() {
        return "hello " + StringUtils.reverse("neve");
    }

    public static void main(String[] args) {
        System.out.println(greeting());
    }
}
