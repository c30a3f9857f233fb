package dev.sledge.dockerfile;

/** Reads one variable, from its {@code $} on, in all the forms that BuildKit knows. */
final class ShellVariable {
    private final ShellWords words;
    private final boolean keepsUnset;

    ShellVariable(ShellWords words, boolean keepsUnset) {
        this.words = words;
        this.keepsUnset = keepsUnset;
    }

    String read() throws MalformedWord {
        words.next();
        if (words.peek() != '{') {
            var name = name();
            if (name.isEmpty()) return "$";
            return keepsUnset && !words.isSet(name) ? "$" + name : words.value(name);
        }
        words.next();
        switch (words.peek()) {
            case ShellWords.END -> throw new MalformedWord("syntax error: missing '}'");
            case '{', '}', ':' -> throw new MalformedWord("syntax error: bad substitution");
            default -> {}
        }
        var name = name();
        int modifier = words.next();
        return switch (modifier) {
            case '}' -> keepsUnset && !words.isSet(name) ? "${" + name + "}" : words.value(name);
            case ':' -> modified(name, words.next(), true);
            case '+', '-', '?', '#', '%' -> modified(name, modifier, false);
            case '/' -> replaced(name);
            case ShellWords.END -> throw new MalformedWord("syntax error: missing '}'");
            default -> throw unsupported(modifier, false);
        };
    }

    private String modified(String name, int modifier, boolean emptyIsUnset) throws MalformedWord {
        boolean pattern = modifier == '#' || modifier == '%';
        var word = words.upTo('}', pattern).text();
        boolean set = words.isSet(name);
        if (keepsUnset && !set) return "${" + name + (emptyIsUnset ? ":" : "") + character(modifier) + word + "}";
        var value = words.value(name);
        boolean usable = set && !(emptyIsUnset && value.isEmpty());
        return switch (modifier) {
            case '-' -> usable ? value : word;
            case '+' -> usable ? word : "";
            case '?' -> {
                if (usable) yield value;
                var why = set ? "is not allowed to be empty" : "is not allowed to be unset";
                throw new MalformedWord(name + ": " + (word.isEmpty() ? why : word), true);
            }
            case '#', '%' -> trimmed(value, word, (char) modifier);
            default -> throw unsupported(modifier, emptyIsUnset);
        };
    }

    /** Removes what the pattern matches at the start or at the end; a doubled sign asks for the longest match. */
    private String trimmed(String value, String word, char sign) throws MalformedWord {
        boolean longest = !word.isEmpty() && word.charAt(0) == sign;
        var pattern = longest ? word.substring(1) : word;
        if (sign == '#') {
            int end = glob(pattern, value).matchAt(value, 0, longest);
            return end < 0 ? value : value.substring(end);
        }
        var backwards = new StringBuilder(value).reverse().toString();
        int end = glob(reversed(pattern), value).matchAt(backwards, 0, longest);
        return end < 0 ? value : value.substring(0, value.length() - end);
    }

    /** The pattern from its end, each escape character still before what it escapes; one at the end gets something. */
    private static String reversed(String pattern) {
        var turned = new StringBuilder(pattern).reverse();
        for (int i = 0; i + 1 < pattern.length(); i++) {
            if (pattern.charAt(i) != '\\') continue;
            int end = pattern.length() - i;
            turned.setCharAt(end - 2, '\\');
            turned.setCharAt(end - 1, pattern.charAt(++i));
        }
        return turned.toString();
    }

    private String replaced(String name) throws MalformedWord {
        boolean all = words.peek() == '/';
        if (all) words.next();
        var pattern = words.upTo('/', true).text();
        var replacement = words.upTo('}', true).text();
        if (keepsUnset && !words.isSet(name)) return "${" + name + "/" + pattern + "/" + replacement + "}";
        var value = words.value(name);
        words.spend((long) value.length() * replacement.length());
        return glob(pattern, value).replace(value, replacement, all);
    }

    private Glob glob(String pattern, String value) throws MalformedWord {
        words.spend((long) pattern.length() * value.length());
        return Glob.parse(pattern)
                .orElseThrow(
                        () -> new MalformedWord("the pattern " + Findings.quote(pattern) + " has an invalid escape"));
    }

    /** Letters, digits and underscores; or digits alone; or one of the shell's special parameters. */
    private String name() {
        int first = words.peek();
        if (first != ShellWords.END && "@*#?-$!".indexOf(first) >= 0) return character(words.next());
        boolean number = Character.isDigit(first);
        var name = new StringBuilder();
        while (Character.isDigit(words.peek())
                || (!number && (Character.isLetter(words.peek()) || words.peek() == '_'))) {
            name.appendCodePoint(words.next());
        }
        return name.toString();
    }

    private static MalformedWord unsupported(int modifier, boolean colon) {
        return new MalformedWord(
                "unsupported modifier (" + (colon ? ":" : "") + character(modifier) + ") in substitution");
    }

    private static String character(int c) {
        return c == ShellWords.END ? "" : Character.toString(c);
    }
}
