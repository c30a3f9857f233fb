package dev.sledge.dockerfile;

import java.util.List;
import java.util.Map;

/**
 * Quotes, escapes and words, as BuildKit's small shell reads them; variables are {@link ShellVariable}'s.
 *
 * @see <a href="https://github.com/moby/buildkit/blob/master/frontend/dockerfile/shell/lex.go">shell/lex.go</a>
 */
final class ShellWords {
    /** BuildKit knows no bound; nobody nests deeper, and the stack is finite. */
    private static final int DEEPEST = 100;

    /** Stands for the end of the text where a character is expected. */
    static final int END = -1;

    /** The text as one, and as the words it falls into outside of quotes; and whether each variable in it has a value. */
    record Result(String text, List<String> words, boolean complete) {}

    private final String source;
    private final char escape;
    private final Keep keep;
    private final Map<String, String> variables;
    private final Effort effort;

    /** Shared with what stands inside of {@code ${}}, so that a word loses what came before it, as in BuildKit. */
    private final StringBuilder word = new StringBuilder();

    private int at;
    private int depth;
    private boolean rawEscapes;
    private boolean missed;

    private ShellWords(String source, char escape, Keep keep, Map<String, String> variables, Effort effort) {
        // Go's scanner leaves out a byte order mark wherever it begins.
        this.source = source.startsWith("\ufeff") ? source.substring(1) : source;
        this.escape = escape;
        this.keep = keep;
        this.variables = variables;
        this.effort = effort;
        this.rawEscapes = keep.escapes();
    }

    static Result expanding(String source, char escape, Map<String, String> variables, Effort effort)
            throws MalformedWord {
        return new ShellWords(source, escape, Keep.NOTHING, variables, effort).upTo(END, false);
    }

    /** Replaces the variables in the content of a heredoc, where quotes are letters like others. */
    static Result expandingDocument(String source, Map<String, String> variables, Effort effort) throws MalformedWord {
        return new ShellWords(source, '\\', Keep.QUOTES_OF_DOCUMENTS, variables, effort).upTo(END, false);
    }

    /** Splits only; no variable has a value. */
    static Result splitting(String source, Keep keep) throws MalformedWord {
        return new ShellWords(source, '\\', keep, Map.of(), new Effort()).upTo(END, keep.escapes());
    }

    /** Reads to {@code stop} and past it, or to the end of the text. */
    Result upTo(int stop, boolean raw) throws MalformedWord {
        boolean outer = rawEscapes;
        rawEscapes = raw;
        var text = new StringBuilder();
        var words = new WordGatherer(word);
        while (peek() != END && peek() != stop) element(text, words);
        if (peek() != stop) {
            throw new MalformedWord("syntax error: missing '" + (char) stop + "'" + (stop == '/' ? " in ${}" : ""));
        }
        next();
        rawEscapes = outer;
        return new Result(text.toString(), words.all(), !missed);
    }

    private void element(StringBuilder text, WordGatherer words) throws MalformedWord {
        int c = peek();
        if (c == '$') {
            var value = dollar();
            append(text, value);
            words.split(value);
        } else if ((c == '\'' || c == '"') && !keep.literalQuotes()) {
            var value = c == '"' ? doubleQuoted() : singleQuoted();
            append(text, value);
            words.join(value);
        } else if (c == '<') {
            var value = angles();
            append(text, value);
            words.join(value);
        } else if (c == escape) {
            escaped(text, words);
        } else {
            next();
            append(text, Character.toString(c));
            words.add(c);
        }
    }

    /** One {@code <}; or two and the blanks after them, which do not part a heredoc from its name. */
    private String angles() {
        int start = at++;
        if (peek() != '<') return "<";
        at++;
        while (peek() == ' ' || peek() == '\t' || peek() == '\r') at++;
        return source.substring(start, at);
    }

    private void escaped(StringBuilder text, WordGatherer words) throws MalformedWord {
        at++;
        if (rawEscapes) {
            words.join(String.valueOf(escape));
            text.append(escape);
        }
        if (peek() == END) return;
        var next = Character.toString(next());
        words.join(next);
        append(text, next);
    }

    private String singleQuoted() throws MalformedWord {
        int end = source.indexOf('\'', at + 1);
        if (end < 0) throw new MalformedWord("a single quote is not closed");
        var inner = keep.quotes() ? source.substring(at, end + 1) : source.substring(at + 1, end);
        at = end + 1;
        return inner;
    }

    private String doubleQuoted() throws MalformedWord {
        var text = new StringBuilder();
        at++;
        if (keep.quotes()) text.append('"');
        while (peek() != END) {
            int c = peek();
            if (c == '$') {
                append(text, dollar());
                continue;
            }
            next();
            if (c == '"') {
                if (keep.quotes()) text.append('"');
                return text.toString();
            }
            if (c == escape) {
                if (rawEscapes) text.append(escape);
                if (peek() == END) break;
                // In quotes only these can be escaped; before others the escape character stays.
                if (peek() == '"' || peek() == '$' || peek() == escape) c = next();
            }
            append(text, Character.toString(c));
        }
        throw new MalformedWord("a double quote is not closed");
    }

    private String dollar() throws MalformedWord {
        if (++depth > DEEPEST) throw new MalformedWord("variables are nested deeper than " + DEEPEST);
        var value = new ShellVariable(this, keep.unset()).read();
        depth--;
        return value;
    }

    private void append(StringBuilder text, String value) throws MalformedWord {
        text.append(value);
        spend(value.length());
        if (text.length() - source.length() > Effort.LONGEST_WORD) {
            throw new MalformedWord("the variables expand to more than " + Effort.LONGEST_WORD + " characters");
        }
    }

    /** Accounts for work, so that hostile text ends in a problem and not in a wait. */
    void spend(long characters) throws MalformedWord {
        if (!effort.spend(characters)) throw new MalformedWord("the file's variables expand to too much text");
    }

    int peek() {
        return at < source.length() ? source.codePointAt(at) : END;
    }

    int next() {
        int next = peek();
        if (next != END) at += Character.charCount(next);
        return next;
    }

    boolean isSet(String name) {
        boolean set = variables.containsKey(name);
        missed |= !set;
        return set;
    }

    String value(String name) {
        return isSet(name) ? variables.getOrDefault(name, "") : "";
    }
}
