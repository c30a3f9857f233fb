package dev.sledge.dockerfile;

import dev.sledge.dockerfile.Mount.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which keys of a mount go with which type. */
final class MountRules {
    private MountRules() {}

    /** What is wrong with these keys together, each a clause; nothing is said of a type that is a variable. */
    static List<String> check(Type type, Map<String, String> values) {
        var broken = new ArrayList<String>();
        if (type == Type.VARIABLE) return broken;
        var name = "a " + type.name().toLowerCase(Locale.ROOT) + " mount";
        for (var key : List.of("mode", "uid", "gid")) {
            if (values.containsKey(key) && (type == Type.BIND || type == Type.TMPFS)) {
                broken.add(name + " takes no " + key);
            }
        }
        only(Set.of(Type.CACHE), "sharing", type, values, name, broken);
        only(Set.of(Type.SECRET, Type.SSH), "required", type, values, name, broken);
        only(Set.of(Type.TMPFS), "size", type, values, name, broken);
        if (type == Type.SECRET) {
            if (values.containsKey("from")) broken.add("a secret mount takes no from");
            if (!values.containsKey("id") && !values.containsKey("source") && !values.containsKey("target")) {
                broken.add("a secret mount needs id, source or target");
            }
            if (values.containsKey("id") && values.containsKey("source")) {
                broken.add("a secret mount takes either id or source");
            }
        }
        return broken;
    }

    private static void only(
            Set<Type> types, String key, Type type, Map<String, String> values, String name, List<String> broken) {
        if (values.containsKey(key) && !types.contains(type)) broken.add(name + " takes no " + key);
    }
}
