package dev.sledge.dockerfile;

import static dev.sledge.dockerfile.Reading.instruction;
import static dev.sledge.dockerfile.Reading.problems;
import static dev.sledge.dockerfile.Reading.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.dockerfile.Instruction.Assignment;
import dev.sledge.dockerfile.Instruction.Declaration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each instruction's arguments and flags, and what is wrong with them. */
class InstructionsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            RUN a && b                     | Shell[line=a && b]
            RUN ["a", "b c"]               | Exec[arguments=[a, b c]]
            RUN ["a\\u0041\\n\\"", "\\/"]  | Exec[arguments=[aA@", /]]
            RUN []                         | Exec[arguments=[]]
            RUN ["a"] b                    | Shell[line=["a"] b]
            RUN ['a']                      | Shell[line=['a']]
            RUN ["a",]                     | Shell[line=["a",]]
            RUN [ -f x ] && y              | Shell[line=[ -f x ] && y]
            RUN ["\\x"]                    | Shell[line=["\\x"]]
            RUN                            | Shell[line=]
            RUN --network=none -- --x      | Shell[line=--x]
            """)
    void commandsAreJsonOrForTheShell(String text, String command) {
        var run = (Instruction.Run) instruction(text);
        assertThat(run.command()).hasToString(command.replace('@', '\n'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RUN [1]", "CMD [\"a\", null]", "COPY [\"a\", {\"b\": [true, -1.5e3]}]", "ENTRYPOINT [[]]"})
    void jsonOfOtherThingsThanStringsIsRefused(String text) {
        assertThat(problems("FROM x\n" + text))
                .first()
                .isEqualTo("Dockerfile:2: the JSON array holds something else than strings [BAD_ARGUMENTS];"
                        + " put every element in double quotes");
    }

    @Test
    void copyAndAddKnowTheirFlags() {
        var copy = (Instruction.Copy) instruction(
                "COPY --from=a --link --chown=1:2 --chmod=755 --parents --exclude=*.md --exclude=b x y /z/");
        assertThat(copy.from()).isEqualTo("a");
        assertThat(copy.parents()).isTrue();
        assertThat(copy.files())
                .isEqualTo(new Instruction.Files(
                        List.of("x", "y"), List.of(), "/z/", "1:2", "755", true, List.of("*.md", "b")));
        var add = (Instruction.Add) instruction(
                "ADD --checksum=sha256:1 --keep-git-dir=true --unpack=FALSE --link [\"https://x/y z\", \"/a b\"]");
        assertThat(add.checksum()).isEqualTo("sha256:1");
        assertThat(add.keepGitDir()).isTrue();
        assertThat(add.unpack()).isFalse();
        assertThat(add.files().sources()).containsExactly("https://x/y z");
    }

    @Test
    void flagsMayBeQuoted() {
        var copy = (Instruction.Copy) instruction("COPY --from=\"a\" '--chown=1 2' --chmod=7\\ 5 x y");
        assertThat(copy.from()).isEqualTo("a");
        // A word that begins with a quote is no flag.
        assertThat(copy.files().sources()).containsExactly("'--chown=1", "2'", "--chmod=7\\", "5", "x");
    }

    @Test
    void argumentsAreDeclaredWithOrWithoutDefault() {
        var arg = (Instruction.Arg) instruction("ARG A B= C=\"d e\" --flags=count");
        assertThat(arg.declarations())
                .containsExactly(
                        new Declaration.Plain("A"),
                        new Declaration.WithDefault("B", ""),
                        new Declaration.WithDefault("C", "\"d e\""),
                        new Declaration.WithDefault("--flags", "count"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ENV A b c            | A=b c
            ENV A=b C="d e"      | A=b,C="d e"
            ENV A=b\\ c          | A=b\\ c
            ENV A=               | A=
            LABEL "a b"="c"      | "a b"="c"
            ENV A b=c            | A=b=c
            """)
    void assignmentsHaveTwoForms(String text, String expected) {
        var assignments = switch (instruction(text)) {
            case Instruction.Env env -> env.assignments();
            case Instruction.Label label -> label.assignments();
            default -> List.<Assignment>of();
        };
        assertThat(String.join(
                        ",",
                        assignments.stream()
                                .map(each -> each.name() + "=" + each.value())
                                .toList()))
                .isEqualTo(expected);
    }

    @Test
    void simpleInstructionsKeepTheirRest() {
        assertThat(((Instruction.Workdir) instruction("WORKDIR /a b")).path()).isEqualTo("/a b");
        assertThat(((Instruction.User) instruction("USER a:b")).user()).isEqualTo("a:b");
        assertThat(((Instruction.StopSignal) instruction("STOPSIGNAL SIGINT")).signal())
                .isEqualTo("SIGINT");
        assertThat(((Instruction.Maintainer) instruction("MAINTAINER Me <me@x>")).maintainer())
                .isEqualTo("Me <me@x>");
        assertThat(((Instruction.Expose) instruction("EXPOSE 80 53/udp")).ports())
                .containsExactly("80", "53/udp");
        assertThat(((Instruction.Volume) instruction("VOLUME [\"/a b\"]")).paths())
                .containsExactly("/a b");
        assertThat(((Instruction.Shell) instruction("SHELL [\"bash\", \"-c\"]")).shell())
                .containsExactly("bash", "-c");
        assertThat(((Instruction.Cmd) instruction("CMD a")).command()).isEqualTo(new Command.Shell("a"));
        assertThat(((Instruction.Entrypoint) instruction("ENTRYPOINT [\"a\"]")).command())
                .isEqualTo(new Command.Exec(List.of("a")));
    }

    @Test
    void healthchecksHaveDurations() {
        var check = (Instruction.Healthcheck)
                instruction(
                        "HEALTHCHECK --interval=1m30s --timeout=1.5s --start-period=0 --start-interval=300ms --retries=3 CMD curl x");
        assertThat(check.probe())
                .isEqualTo(new Instruction.Probe.Test(
                        new Command.Shell("curl x"),
                        Duration.ofSeconds(90),
                        Duration.ofMillis(1500),
                        Duration.ZERO,
                        Duration.ofMillis(300),
                        3));
        assertThat(((Instruction.Healthcheck) instruction("HEALTHCHECK none")).probe())
                .isEqualTo(new Instruction.Probe.None());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            COPI a b                     | unknown instruction 'COPI' [UNKNOWN_INSTRUCTION]; did you mean COPY?
            apt-get install              | unknown instruction 'apt-get' [UNKNOWN_INSTRUCTION]; begin the line with an instruction such as RUN
            COPY --form=a b c            | COPY has no flag '--form' [UNKNOWN_FLAG]; did you mean --from?
            RUN --x y                    | RUN has no flag '--x' [UNKNOWN_FLAG]; use one of --device --mount --network --security
            CMD --x y                    | CMD has no flag '--x' [UNKNOWN_FLAG]; remove it; CMD takes no flags
            COPY --from a b              | the flag --from has no value [BAD_FLAG]; write --from=VALUE
            COPY --from=a --from=b c d   | the flag --from is given twice [BAD_FLAG]; keep one of them
            COPY --link=maybe a b        | --link='maybe' is neither true nor false [BAD_FLAG]; write --link alone, or --link=false
            RUN --network=nono a         | --network='nono' is not known [BAD_FLAG]; did you mean none?
            RUN --security=x a           | --security='x' is not known [BAD_FLAG]; use one of sandbox, insecure
            COPY a                       | COPY needs a source and a destination [BAD_ARGUMENTS]; write COPY SOURCE DEST
            WORKDIR                      | WORKDIR has no argument [BAD_ARGUMENTS]; write WORKDIR and its value
            ENV                          | ENV has no argument [BAD_ARGUMENTS]; write ENV NAME=VALUE
            ENV A                        | ENV 'A' has no value [BAD_ARGUMENTS]; write ENV NAME=VALUE
            ENV A=b C                    | 'C' has no = [BAD_ARGUMENTS]; write ENV NAME=VALUE
            LABEL =b                     | a name of LABEL is empty [BAD_ARGUMENTS]; write LABEL NAME=VALUE
            ARG                          | ARG has no argument [BAD_ARGUMENTS]; write ARG NAME or ARG NAME=VALUE
            ARG =a                       | a name of ARG is empty [BAD_ARGUMENTS]; write ARG NAME or ARG NAME=VALUE
            EXPOSE                       | EXPOSE has no argument [BAD_ARGUMENTS]; write EXPOSE and a port such as 8080 or 53/udp
            VOLUME                       | VOLUME has no argument [BAD_ARGUMENTS]; write VOLUME and paths
            VOLUME [""]                  | a path of VOLUME is empty [BAD_ARGUMENTS]; write VOLUME and paths
            SHELL bash                   | SHELL needs a JSON array [BAD_ARGUMENTS]; write it as SHELL ["/bin/bash", "-c"]
            HEALTHCHECK                  | HEALTHCHECK has no argument [BAD_ARGUMENTS]; write HEALTHCHECK CMD command, or HEALTHCHECK NONE
            HEALTHCHECK curl x           | HEALTHCHECK knows no 'curl' [BAD_ARGUMENTS]; write HEALTHCHECK CMD command, or HEALTHCHECK NONE
            HEALTHCHECK CMD              | HEALTHCHECK CMD has no command [BAD_ARGUMENTS]; write the command after CMD
            HEALTHCHECK NONE x           | HEALTHCHECK NONE takes no arguments [BAD_ARGUMENTS]; remove them
            HEALTHCHECK --interval=5 CMD x | --interval='5' is no duration of at least 1ms [BAD_FLAG]; write it like 30s or 1m30s
            HEALTHCHECK --retries=-1 CMD x | --retries='-1' is no count [BAD_FLAG]; write a whole number that is not negative
            ONBUILD                      | ONBUILD has no instruction [BAD_TRIGGER]; write ONBUILD and an instruction such as RUN or COPY
            ONBUILD FROM x               | FROM cannot be triggered [BAD_TRIGGER]; write ONBUILD and an instruction such as RUN or COPY
            ONBUILD ONBUILD RUN x        | ONBUILD cannot be triggered [BAD_TRIGGER]; write ONBUILD and an instruction such as RUN or COPY
            FROM                         | FROM has 0 arguments [BAD_ARGUMENTS]; write FROM image, or FROM image AS name
            FROM a b                     | FROM has 2 arguments [BAD_ARGUMENTS]; write FROM image, or FROM image AS name
            FROM a is b                  | FROM has 3 arguments [BAD_ARGUMENTS]; write FROM image, or FROM image AS name
            FROM a AS 1b                 | '1b' is no name for a stage [BAD_STAGE_NAME]; begin with a letter and use only letters, digits, dots, dashes and underscores
            FROM --plattform=x a         | FROM has no flag '--plattform' [UNKNOWN_FLAG]; did you mean --platform?
            """)
    void whatIsWrongIsSaidWithLineAndFix(String text, String problem) {
        assertThat(problems("FROM x\n" + text)).containsExactly("Dockerfile:2: " + problem);
    }

    @Test
    void aHeredocIsNoDestination() {
        assertThat(problems("FROM x\nCOPY a <<b\nb\n"))
                .containsExactly("Dockerfile:2: a heredoc cannot be the destination of COPY [BAD_ARGUMENTS];"
                        + " put the destination last");
    }

    @Test
    void mountsAreReadWithAllTheirKeys() {
        var run = (Instruction.Run)
                instruction(
                        "RUN --mount=type=cache,id=m2,dst=/root/.m2,sharing=LOCKED,from=base,src=/x,"
                                + "mode=0755,uid=1,gid=2,ro --mount=type=secret,id=npm,env=TOKEN,required --mount=target=. --device=gpu true");
        assertThat(run.mounts())
                .containsExactly(
                        new Mount(
                                Mount.Type.CACHE,
                                "base",
                                "/x",
                                "/root/.m2",
                                "m2",
                                Mount.Sharing.LOCKED,
                                true,
                                false,
                                Map.of("mode", "0755", "uid", "1", "gid", "2"),
                                "",
                                ""),
                        new Mount(
                                Mount.Type.SECRET,
                                "",
                                "",
                                "",
                                "npm",
                                Mount.Sharing.SHARED,
                                true,
                                true,
                                Map.of(),
                                "TOKEN",
                                ""),
                        new Mount(
                                Mount.Type.BIND, "", "", ".", "", Mount.Sharing.SHARED, true, false, Map.of(), "", ""));
        assertThat(run.mounts()).extracting(Mount::readsContext).containsExactly(false, false, true);
        assertThat(run.devices()).containsExactly("gpu");
    }

    @ParameterizedTest(name = "{0} is read-only: {1}")
    @CsvSource({
        "'target=/a', true",
        "'type=cache,target=/a', false",
        "'type=tmpfs,target=/a', false",
        "'target=/a,rw', false",
        "'target=/a,readonly=false', false",
        "'type=cache,target=/a,ro=1', true",
        "'rw=false,target=/a', true",
    })
    void mountsAreReadOnlyAsTheTypeOrTheKeySays(String fields, boolean readOnly) {
        var run = (Instruction.Run) instruction("RUN --mount=" + fields + " true");
        assertThat(run.mounts()).singleElement().returns(readOnly, Mount::readOnly);
    }

    @Test
    void mountFieldsMayHoldCommasInQuotes() {
        var run = (Instruction.Run) instruction("RUN --mount=type=cache,\\\"target=/a,b\\\" true");
        assertThat(run.mounts()).singleElement().returns("/a,b", Mount::target);
    }

    @Test
    void aVariableInAMountIsLeftForTheStage() {
        var run = (Instruction.Run) instruction("RUN --mount=type=$T,target=/a,mode=$M,sharing=${S} true");
        assertThat(run.mounts()).singleElement().returns(Mount.Type.VARIABLE, Mount::type);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            type=cach,target=/a            | the value 'cach' of --mount's type is not valid [BAD_MOUNT]; did you mean cache?
            type=cache,traget=/a           | --mount has no key 'traget' [BAD_MOUNT]; did you mean target?
            type=cache,target              | the key target of --mount has no value [BAD_MOUNT]; write target=VALUE
            type=cache,sharing=all         | the value 'all' of --mount's sharing is not valid [BAD_MOUNT]; use one of shared, private, locked
            target=/a,ro=yes               | the value 'yes' of --mount's ro is not valid [BAD_MOUNT]; write true or false
            type=cache,target=/a,mode=9    | the value '9' of --mount's mode is not valid [BAD_MOUNT]; write an octal number such as 0755
            type=cache,target=/a,uid=me    | the value 'me' of --mount's uid is not valid [BAD_MOUNT]; write a number
            type=tmpfs,target=/a,size=big  | the value 'big' of --mount's size is not valid [BAD_MOUNT]; write a size such as 64m
            type=bind,target=/a,uid=1      | a bind mount takes no uid [BAD_MOUNT]; remove it, or change the type
            type=bind,target=/a,required   | a bind mount takes no required [BAD_MOUNT]; remove it, or change the type
            type=secret                    | a secret mount needs id, source or target [BAD_MOUNT]; add id=NAME
            type=secret,id=a,src=b         | a secret mount takes either id or source [BAD_MOUNT]; remove one of them
            """)
    void aBadMountIsRefusedOnceItsStageIsBuilt(String fields, String problem) {
        var stage = "FROM x AS a\nRUN --mount=" + fields + " true\n";
        assertThat(problems(stage)).isEmpty();
        assertThat(verdict(stage)).isEqualTo("DISPATCH Dockerfile:2: " + problem);
        assertThat(verdict(stage + "FROM x\n")).isEqualTo("Dockerfile:2: " + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\\"open", "a\\\"b", "\\\"a\\\"b"})
    void aMountThatIsNoListOfFieldsIsRefused(String fields) {
        assertThat(problems("FROM x\nRUN --mount=" + fields + " true"))
                .singleElement()
                .asString()
                .startsWith("Dockerfile:2: --mount=")
                .contains("is no list of fields")
                .endsWith("[BAD_MOUNT]; write key=value,key=value");
    }

    @Test
    void allProblemsAreReportedThoseOfTheFirstPhaseFirst() {
        assertThat(problems("RUN a\nFROM x AS 1\nENV A\nCOPY --fro=a b\n"))
                .containsExactly(
                        "Dockerfile:3: ENV 'A' has no value [BAD_ARGUMENTS]; write ENV NAME=VALUE",
                        "Dockerfile:1: RUN stands before the first FROM [NO_STAGE];"
                                + " begin with FROM; only ARG may stand before it",
                        "Dockerfile:2: '1' is no name for a stage [BAD_STAGE_NAME]; begin with a letter and use only"
                                + " letters, digits, dots, dashes and underscores",
                        "Dockerfile:4: COPY has no flag '--fro' [UNKNOWN_FLAG]; did you mean --from?",
                        "Dockerfile:4: COPY needs a source and a destination [BAD_ARGUMENTS]; write COPY SOURCE DEST");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            ''              | Dockerfile: the file has no instructions [DOCKERFILE_EMPTY]; begin with FROM image
            # nothing       | Dockerfile:1: the file has no instructions [DOCKERFILE_EMPTY]; begin with FROM image
            ARG A=1         | Dockerfile: the file has no FROM [NO_STAGE]; add FROM image after its ARGs
            """)
    void aFileWithoutStagesIsRefused(String text, String problem) {
        assertThat(problems(text)).containsExactly(problem);
    }

    @Test
    void aFaultInsideAContinuationIsReportedWhereItStands() {
        assertThat(
                        Reading.answer(
                                "FROM x\nRUN --mount=type=cache,target=/a \\\n# why\n\n  --mount=type=cach,target=/b \\\n  c\n"))
                .startsWith("DISPATCH Dockerfile:5: the value 'cach' of --mount's type is not valid");
        assertThat(Reading.answer("FROM x\nONBUILD COPY \\\n \\\n --form=a b c\nFROM y AS z\nFROM z\n"))
                .isEmpty();
    }
}
