package dev.sledge.dockerfile;

/**
 * A document written into the Dockerfile itself: {@code <<NAME} and the lines up to {@code NAME}.
 *
 * @param name the terminator, without its quotes
 * @param descriptor the number before {@code <<}, 0 if none
 * @param expands whether variables in it are replaced; no part of the name was quoted
 * @param stripsTabs whether it was opened with {@code <<-}
 * @param content the lines in between, each with its line end, tabs not yet stripped
 * @see <a href="https://docs.docker.com/reference/dockerfile/#here-documents">Here-documents</a>
 */
public record Heredoc(String name, long descriptor, boolean expands, boolean stripsTabs, String content) {
    public Heredoc {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a heredoc needs a name to end it");
        }
    }

    /** What the instruction sees: the content, without the leading tabs if {@code <<-} asks for that. */
    public String text() {
        if (!stripsTabs) return content;
        var text = new StringBuilder(content.length());
        boolean lineStart = true;
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            if (lineStart && c == '\t') continue;
            text.append(c);
            lineStart = c == '\n';
        }
        return text.toString();
    }

    Heredoc withContent(String body) {
        return new Heredoc(name, descriptor, expands, stripsTabs, body);
    }
}
