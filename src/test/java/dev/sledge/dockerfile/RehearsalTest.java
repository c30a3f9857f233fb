package dev.sledge.dockerfile;

import static dev.sledge.dockerfile.Reading.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What BuildKit refuses only when it builds a stage; dockerfile2llb/convert.go and the files beside it. */
class RehearsalTest {
    @ParameterizedTest(name = "{0} is refused: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ENV A="b                      | a double quote is not closed
            LABEL a b'c                   | a single quote is not closed
            WORKDIR ${A                   | missing '}'
            USER ${}                      | bad substitution
            VOLUME /a"b                   | a double quote is not closed
            COPY a${B:0:2} /x             | unsupported modifier (:0)
            ADD --chown='a b /x           | ADD needs
            ARG A=${B^}                   | unsupported modifier (^)
            EXPOSE "80                    | a double quote is not closed
            COPY http://a/b /c            | write ADD instead of COPY
            COPY --chmod=8 a b            | '8' is no mode
            COPY --chmod=17777 a b        | '17777' is no mode
            ADD --checksum=x a b          | 'a' is none
            ADD --checksum=x http://a b c | goes with one source
            STOPSIGNAL SIGFOO             | 'SIGFOO' is no signal
            STOPSIGNAL 0                  | '0' is no signal
            STOPSIGNAL TREM               | did you mean TERM?
            EXPOSE a                      | 'a' is no port
            EXPOSE 70000                  | '70000' is no port
            EXPOSE 2-1                    | '2-1' is no port
            EXPOSE 80/http                | '80/http' is no port
            RUN --mount=type=cache,target=/${A a | missing '}'
            """)
    void wordsThatCannotBeReplacedOrMeanNothingAreRefused(String line, String what) {
        assertThat(Reading.answer("FROM x\n" + line)).contains(what);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ENV A=\"b\"",
                "COPY --chmod=0755 a b",
                "COPY --chmod=u+x,g=rw a b",
                "COPY --chmod=$MODE a b",
                "COPY ${FROM_THE_BASE_IMAGE} b",
                "WORKDIR ${FROM_THE_BASE_IMAGE:?}",
                "ADD --checksum=x $URL b",
                "ADD --checksum=sha256:0000000000000000000000000000000000000000000000000000000000000000 https://a/b c",
                "STOPSIGNAL $S",
                "STOPSIGNAL SIGRTMIN+3",
                "STOPSIGNAL 9",
                "EXPOSE $PORT 80/TCP 53/udp 8000-8010 127.0.0.1:80:81",
                "HEALTHCHECK CMD echo \"",
                "RUN echo \"${A:0:1}",
                "CMD echo ${",
                "COPY <<\"EOF\" /x\n${A:0:1}\nEOF",
                "COPY <<EOF /x\nit's \"$A\nEOF",
            })
    void whatTheBuildAcceptsOrAnImageMayMendIsAccepted(String line) {
        assertThat(verdict("FROM x\n" + line)).isEmpty();
    }

    @Test
    void variablesOfAHeredocMustBeReadableUnlessItsNameIsQuoted() {
        assertThat(verdict("FROM x\nCOPY <<EOF /x\nok\n${A:0:1}\nEOF\n"))
                .isEqualTo("DISPATCH Dockerfile:2: a variable in the heredoc 'EOF' cannot be read:"
                        + " unsupported modifier (:0) in substitution [BAD_VARIABLE];"
                        + " write <<\"EOF\" to take the text as it is");
    }

    @Test
    void variablesComeFromArgsEnvsAndStagesBelow() {
        var text = "ARG PORT=http\nFROM x AS a\nARG PORT\nENV P=$PORT\nFROM a\nENV P=80 Q=$P\n";
        assertThat(verdict(text + "EXPOSE $Q\n")).startsWith("DISPATCH Dockerfile:7: 'http' is no port");
        assertThat(verdict(text + "EXPOSE $P\n")).isEmpty();
        assertThat(verdict(text + "EXPOSE $PORT\n", BuildOptions.DEFAULT.withArgument("PORT", "81")))
                .isEmpty();
    }

    @Test
    void onScratchEveryVariableIsKnown() {
        assertThat(verdict("FROM scratch\nWORKDIR ${A:?no A}\n")).startsWith("DISPATCH Dockerfile:2: '${A:?no A}'");
        assertThat(verdict("FROM x\nWORKDIR ${A:?no A}\n")).isEmpty();
    }

    @Test
    void stagesThatAreNotBuiltAreNotRehearsed() {
        assertThat(verdict("FROM x AS a\nEXPOSE http\nFROM y\n")).isEmpty();
        assertThat(verdict("FROM x AS a\nEXPOSE http\nFROM y\nCOPY --from=a b c\n"))
                .startsWith("DISPATCH Dockerfile:2:");
    }

    @Test
    void triggersAreRehearsedWhereTheyRun() {
        assertThat(verdict("FROM x AS a\nONBUILD EXPOSE http\nFROM y\nFROM a\n"))
                .startsWith("DISPATCH Dockerfile:4: 'http' is no port");
    }

    @Test
    void aLongTextThatNoVariableLengthensIsRead() {
        var lines = "0123456789abcdef\n".repeat(8_000);
        assertThat(verdict("FROM x\nENV A=b\nCOPY <<EOF /x\n" + lines + "$A\nEOF\n"))
                .isEmpty();
        assertThat(verdict("FROM x\nENV A=b\nENV C=" + lines.replace("\n", "\\\n") + "$A\n"))
                .isEmpty();
    }
}
