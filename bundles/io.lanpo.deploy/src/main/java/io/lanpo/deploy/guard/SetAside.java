package io.lanpo.deploy.guard;

import io.lanpo.libs.files.AtomicFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers, also for the next process, which jars did not return when they were started: each
 * start would wait for them again. A jar is tried again when it has changed or when more patience
 * is asked for.
 *
 * @param folder where that is written; null for nowhere
 * @param patience how long a jar may take now
 */
public record SetAside(@Nullable Path folder, Duration patience) {
  private static final Logger LOG = LoggerFactory.getLogger(SetAside.class);

  /** Remembers a jar. */
  public void add(Path jar, Refusal reason) {
    if (folder == null) {
      return;
    }
    try {
      Properties record = new Properties();
      record.setProperty("jar", jar.toString());
      record.setProperty("content", content(jar));
      record.setProperty("patience", Long.toString(patience.toMillis()));
      record.setProperty("reason", reason.reason());
      record.setProperty("nextStep", reason.nextStep());
      StringWriter text = new StringWriter();
      record.store(text, "A bundle that did not return when it was started.");
      Files.createDirectories(folder);
      AtomicFile.write(file(jar), text.toString());
    } catch (IOException e) {
      // the next process finds out for itself
      LOG.info("that {} is set aside cannot be written down", jar, e);
    }
  }

  /** Why a jar is not tried; nothing when it may be. */
  public Optional<Refusal> of(Path jar) {
    if (folder == null || !Files.exists(file(jar))) {
      return Optional.empty();
    }
    Properties record = new Properties();
    try (Reader in = Files.newBufferedReader(file(jar))) {
      record.load(in);
      boolean same =
          record.getProperty("jar", "").equals(jar.toString())
              && record.getProperty("content", "").equals(content(jar))
              && record.getProperty("patience", "").equals(Long.toString(patience.toMillis()));
      if (same) {
        return Optional.of(
            new Refusal(
                record.getProperty("reason", "it did not return")
                    + " when it was tried; it is set aside until it changes",
                record.getProperty("nextStep", ""),
                Refusal.Kind.HANGS));
      }
      Files.deleteIfExists(file(jar));
    } catch (IOException | IllegalArgumentException e) {
      LOG.info("what was written down of {} cannot be read", jar, e);
    }
    return Optional.empty();
  }

  private static String content(Path jar) throws IOException {
    return Files.size(jar) + " bytes of " + Files.getLastModifiedTime(jar);
  }

  private Path file(Path jar) {
    UUID name =
        UUID.nameUUIDFromBytes(jar.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return java.util.Objects.requireNonNull(folder).resolve(name + ".properties");
  }
}
