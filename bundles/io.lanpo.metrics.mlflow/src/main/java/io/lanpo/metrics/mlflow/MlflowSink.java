package io.lanpo.metrics.mlflow;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Settings;
import io.lanpo.api.metrics.MetricsSink;
import io.lanpo.api.metrics.RecordedRun;
import io.lanpo.libs.http.HttpSettings;
import io.lanpo.libs.http.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The figures on an MLflow tracking server: settings as parameters, metrics with their steps,
 * components as tags, the status at the end. {@code mlflow.json} in the run's folder says which run
 * of the server it is, so that a run that goes on goes on there, too.
 */
@Component(
    service = MetricsSink.class,
    scope = ServiceScope.PROTOTYPE,
    configurationPid = MlflowSink.PID)
@LanpoName("mlflow")
@Designate(ocd = MlflowSink.Options.class)
public final class MlflowSink implements MetricsSink {
  static final String PID = "io.lanpo.metrics.mlflow";

  private static final Logger LOG = LoggerFactory.getLogger(MlflowSink.class);

  private static final String API = "/api/2.0/mlflow/";

  /** Seconds; with one repetition a call has an end before the {@code metrics-limit} of 60. */
  private static final int REQUEST_TIMEOUT = 20;

  private static final Duration PAUSE = Duration.ofSeconds(10);

  /** Options of the sink. */
  @ObjectClassDefinition(name = "LANPO metrics sink: MLflow")
  public @interface Options {
    /** Address of the tracking server. */
    @AttributeDefinition(
        name = "Tracking URI",
        description = "Address of the tracking server, without a user or a token.")
    String url() default "http://127.0.0.1:5000";

    /** Name of the experiment. */
    @AttributeDefinition(
        name = "Experiment",
        description = "Name of the experiment that runs go to; it is made if it is not there.")
    String experiment() default "lanpo";

    /** Environment variable with the token. */
    @AttributeDefinition(
        name = "Token's variable",
        description = "Environment variable with the token that the server asks for, if any.")
    String key$_$variable() default "MLFLOW_TRACKING_TOKEN";

    /** Name of the user. */
    @AttributeDefinition(
        name = "User",
        description =
            "Name of the user, for a server that asks for a user and a password; the password is"
                + " then what stands in place of the token.")
    String user() default "";

    /** File with the token. */
    @AttributeDefinition(
        name = "Token's file",
        description = "File with the token in its only line; comes before the variable.")
    String key$_$file() default "";

    /** Whether plain http may leave the machine. */
    @AttributeDefinition(
        name = "Insecure",
        description =
            "Whether http:// is allowed to a server that is not on this machine; the token and all"
                + " figures then cross the network in the clear.")
    boolean insecure() default false;
  }

  private final Settings http;
  private final String experiment;
  private final UnaryOperator<@Nullable String> environment;
  private final Duration pause;
  private final Consumer<String> warn;

  /** For the service registry. */
  @Activate
  public MlflowSink(Options options) {
    this(
        options.experiment(),
        Map.of(
            "url", options.url(),
            "user", options.user(),
            "key-variable", options.key$_$variable(),
            "key-file", options.key$_$file(),
            "insecure", Boolean.toString(options.insecure()),
            "retries", "1"),
        System::getenv,
        PAUSE,
        LOG::warn);
  }

  /**
   * @param options of the connection, see {@link HttpSettings}
   * @param environment the value of an environment variable, or null
   * @param pause how long a server that cannot be reached is left alone
   * @param warn is told what the user should know
   */
  MlflowSink(
      String experiment,
      Map<String, String> options,
      UnaryOperator<@Nullable String> environment,
      Duration pause,
      Consumer<String> warn) {
    this.experiment = experiment;
    this.http =
        Settings.of(
            PID,
            HttpSettings.with(
                "MLFLOW_TRACKING_TOKEN",
                HttpSettings.AUTHORIZATION,
                REQUEST_TIMEOUT,
                List.of(HttpSettings.USER)),
            options);
    this.environment = environment;
    this.pause = pause;
    this.warn = warn;
  }

  @Override
  public Recording open(RecordedRun run) {
    Transport transport = new Transport(http, API, environment);
    try {
      return new MlflowRecording(new TrackingServer(transport), experiment, run, pause, warn);
    } catch (RuntimeException e) {
      transport.close();
      throw e;
    }
  }
}
