package dev.sledge.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A check that finds nothing would make every test that relies on it worthless. */
class ServiceModelIT {
    private static JsonNode json(String text) throws IOException {
        return new JsonMapper().readTree(text.replace('\'', '"'));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            StartBuild           | {}                                                     | projectName is missing
            StartBuild           | {'projectName':''}                                     | 0 is not between 1
            StartBuild           | {'projectName':7}                                      | is not a text
            StartBuild           | {'projectName':'p','idempotencytoken':'x'}             | there is no idempotencytoken
            StartBuild           | {'projectName':'p','timeoutInMinutesOverride':4}       | 4 is not between 5 and 2160
            StartBuild           | {'projectName':'p','timeoutInMinutesOverride':7.5}     | is not a whole number
            StartBuild           | {'projectName':'p','privilegedModeOverride':'yes'}     | is not true or false
            StartBuild           | {'projectName':'p','computeTypeOverride':'HUGE'}       | is not one of
            StartBuild           | {'projectName':'p','environmentVariablesOverride':{}}  | is not a list
            StartBuild           | {'projectName':'p','environmentVariablesOverride':[{'name':'A'}]} | value is missing
            BatchGetBuilds       | {'ids':[]}                                             | 0 is not between 1 and 100
            CreateProject        | {'name':'a b'}                                         | does not match
            StartBuilds          | {}                                                     | there is no operation StartBuilds
            """)
    void whatAwsRefusesIsFound(String operation, String request, String fault) throws Exception {
        assertThat(ServiceModel.of("codebuild").faultsOfRequest(operation, json(request)))
                .anyMatch(found -> found.contains(fault));
    }

    @Test
    void whatAwsTakesIsLeftAlone() throws Exception {
        var model = ServiceModel.of("codebuild");
        assertThat(model.faultsOfRequest(
                        "StartBuild",
                        json(
                                "{'projectName':'p','timeoutInMinutesOverride':5,'computeTypeOverride':'BUILD_GENERAL1_SMALL',"
                                        + "'environmentVariablesOverride':[{'name':'A','value':''}]}")))
                .isEmpty();
        assertThat(model.faultsOfAnswer("StartBuild", json("{'build':{'id':'p:1','startTime':1764244800.5}}")))
                .isEmpty();
        assertThat(model.faultsOfAnswer("StartBuild", json("{'build':{'id':'p:1','number':1}}")))
                .containsExactly("StartBuild.build: there is no number");
        assertThat(model.errors("StartBuild"))
                .containsExactly("AccountLimitExceededException", "InvalidInputException", "ResourceNotFoundException");
    }
}
