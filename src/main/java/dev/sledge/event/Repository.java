package dev.sledge.event;

import java.util.regex.Pattern;

/**
 * A repository at a forge.
 *
 * @param host where it lives, such as {@code github.com}; {@code local} for a directory on this machine
 * @param fullName as the forge writes it, such as {@code octocat/hello-world}; components are not empty, {@code .} or {@code ..}
 */
public record Repository(String host, String fullName) {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?");

    public Repository {
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("'" + host + "' is no host name");
        }
        if (!isName(fullName)) {
            throw new IllegalArgumentException(
                    "a repository's full name has 1 to 400 printable characters, and no empty, '.' or"
                            + " '..' component");
        }
    }

    private static boolean isName(String name) {
        if (name.isEmpty() || name.length() > 400 || name.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            return false;
        }
        for (var component : name.split("/", -1)) {
            if (component.isEmpty() || component.equals(".") || component.equals("..")) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return fullName;
    }
}
