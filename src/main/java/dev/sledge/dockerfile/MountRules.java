package dev.sledge.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which keys of a mount go with which type. */
final class MountRules {
    /** A rule that is broken, and what to do. */
    record Broken(String what, String fix) {}

    private static final String REMOVE = "remove it, or change the type";

    private MountRules() {}

    /** What is wrong with these keys together; nothing is said of a type that is a variable. */
    static List<Broken> check(Mount.Type type, Map<String, String> values) {
        var broken = new ArrayList<Broken>();
        if (type == Mount.Type.VARIABLE) return broken;
        var name = "a " + type.name().toLowerCase(Locale.ROOT) + " mount";
        for (var key : List.of("mode", "uid", "gid")) {
            if (values.containsKey(key) && (type == Mount.Type.BIND || type == Mount.Type.TMPFS)) {
                broken.add(new Broken(name + " takes no " + key, REMOVE));
            }
        }
        only(Set.of(Mount.Type.CACHE), "sharing", type, values, name, broken);
        only(Set.of(Mount.Type.SECRET, Mount.Type.SSH), "required", type, values, name, broken);
        only(Set.of(Mount.Type.TMPFS), "size", type, values, name, broken);
        if (type == Mount.Type.SECRET) {
            if (values.containsKey("from")) broken.add(new Broken("a secret mount takes no from", REMOVE));
            if (!values.containsKey("id") && !values.containsKey("source") && !values.containsKey("target")) {
                broken.add(new Broken("a secret mount needs id, source or target", "add id=NAME"));
            }
            if (values.containsKey("id") && values.containsKey("source")) {
                broken.add(new Broken("a secret mount takes either id or source", "remove one of them"));
            }
        }
        return broken;
    }

    private static void only(
            Set<Mount.Type> types,
            String key,
            Mount.Type type,
            Map<String, String> values,
            String name,
            List<Broken> broken) {
        if (values.containsKey(key) && !types.contains(type)) broken.add(new Broken(name + " takes no " + key, REMOVE));
    }
}
