package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import io.lanpo.it.paxexam.ProductOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The archive on a system that has nothing but what docs/install.md asks for: the C and C++
 * libraries, zlib, and the programs that the start script calls. There is no Java, no Maven and no
 * network, and the installation can only be read.
 */
@Tag("full")
@Timeout(600)
final class InstallationIT {
  private static final String SUFFIX = "-linux-x64.tar.gz";
  private static final String BUBBLEWRAP = "/usr/bin/bwrap";

  /** What {@code bin/lanpo} calls. */
  private static final List<String> PROGRAMS =
      List.of(
          "dirname",
          "env",
          "grep",
          "locale",
          "mkdir",
          "mktemp",
          "readlink",
          "sed",
          "sh",
          "stty",
          "tr");

  /** Parts of the C library that PyTorch asks for and none of the others. */
  private static final List<String> PARTS = List.of("libdl.so.2", "libpthread.so.0", "librt.so.1");

  @TempDir Path folder;
  private Path archive;
  private Path installed;

  @BeforeEach
  void anEmptySystem() throws Exception {
    Optional<Path> found = archive();
    assumeTrue(
        found.isPresent(),
        "NOT TESTED: there is no archive of this product; mvn -Prelease package makes it");
    archive = found.orElseThrow();
    assumeTrue(
        Files.isExecutable(Path.of(BUBBLEWRAP)) && said(BUBBLEWRAP, "--ro-bind", "/", "/", "true"),
        "NOT TESTED: bubblewrap is not installed, or may not make namespaces");
    assertTrue(
        said("tar", "-xzf", archive.toString(), "-C", folder.toString()), "it is not unpacked");
    installed = folder.resolve(archive.getFileName().toString().replace(".tar.gz", ""));
    Files.createDirectory(folder.resolve("work"));
  }

  @Test
  void itTrainsToTheEndAndWritesToTheFolderOfTheUser() throws Exception {
    Lanpo.Result version = run("--version");
    assertEquals(0, version.code(), version.err());
    String number = version.out().strip().replaceFirst("^lanpo ", "");
    assertEquals("lanpo-" + number + SUFFIX, archive.getFileName().toString());
    assertTrue(
        version.err().contains("cannot be written to: runs and pools are in"), version.err());

    Lanpo.Result trained = run("train", "micro-smoke", "--json");
    assertEquals(0, trained.code(), trained.err());
    String run = JsonParser.parseString(trained.out()).getAsJsonObject().get("run").getAsString();
    Path work = folder.resolve("work/.local/share/lanpo");
    assertTrue(Files.isRegularFile(work.resolve("runs").resolve(run).resolve("result.json")));

    Lanpo.Result swapped = run("dev", "swap", "io.lanpo.reflection");
    assertEquals(1, swapped.code(), swapped.err());
    assertTrue(swapped.err().contains("this installation has no sources"), swapped.err());
  }

  @Test
  void itBringsItsChecksumItsBillOfMaterialsAndItsLicences() throws Exception {
    String digest =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(archive)));
    assertEquals(
        digest + "  " + archive.getFileName(),
        Files.readString(archive.resolveSibling(archive.getFileName() + ".sha256")).strip());
    String materials = Files.readString(installed.resolve("lanpo.cdx.json"));
    assertEquals(
        materials,
        Files.readString(
            archive.resolveSibling(
                archive.getFileName().toString().replace(".tar.gz", ".cdx.json"))));
    Set<String> listed = new TreeSet<>();
    JsonParser.parseString(materials)
        .getAsJsonObject()
        .getAsJsonArray("components")
        .forEach(
            c ->
                listed.add(
                    c.getAsJsonObject().get("group").getAsString()
                        + ':'
                        + c.getAsJsonObject().get("name").getAsString()));
    Set<String> named = new TreeSet<>();
    for (String line : Files.readAllLines(installed.resolve("NOTICE"))) {
      if (line.matches("[\\w.-]+:[\\w.-]+: .+")) {
        named.add(line.replaceFirst(": .*", ""));
      }
    }
    assertEquals(named, listed);
    assertTrue(Files.isRegularFile(installed.resolve("LICENSE")));
    String texts = Files.readString(installed.resolve("licences/README.md"));
    for (String library : listed) {
      assertTrue(texts.contains("| `" + library + "` |"), library + " has no text: " + texts);
    }
    assertTrue(Files.isRegularFile(installed.resolve("runtime/java/legal/java.base/LICENSE")));
  }

  /** The archive, unless it was made of an older product. */
  private static Optional<Path> archive() throws IOException {
    Path target = ProductOptions.home().resolve("target");
    Path built = target.resolve("lanpo/built");
    try (Stream<Path> files = Files.list(target)) {
      for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
        if (Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(built)) >= 0) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  /** Runs a command of the installation in the empty system. */
  private Lanpo.Result run(String... words) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                BUBBLEWRAP,
                "--unshare-all",
                "--die-with-parent",
                "--clearenv",
                "--proc",
                "/proc",
                "--dev",
                "/dev",
                "--tmpfs",
                "/tmp",
                "--symlink",
                "usr/bin",
                "/bin"));
    for (Path file : system()) {
      command.addAll(List.of("--ro-bind", file.toRealPath().toString(), file.toString()));
    }
    command.addAll(
        List.of(
            "--ro-bind",
            installed.toString(),
            "/opt/lanpo",
            "--bind",
            folder.resolve("work").toString(),
            "/home/user",
            "--setenv",
            "HOME",
            "/home/user",
            "--setenv",
            "PATH",
            "/usr/bin",
            "--setenv",
            "LANPO_JVM_OPTS",
            System.getProperty("lanpo.test.jvm", ""),
            "--chdir",
            "/home/user",
            "/opt/lanpo/bin/lanpo"));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).start();
    process.getOutputStream().close();
    return Lanpo.finish(process);
  }

  /** The files of the host that are all of that system. */
  private Set<Path> system() throws Exception {
    Set<Path> files = new TreeSet<>();
    for (String program : PROGRAMS) {
      Path path = Path.of("/usr/bin", program);
      files.add(path);
      files.addAll(libraries(path));
    }
    Path java = installed.resolve("runtime/java/lib");
    for (String library : List.of("server/libjvm.so", "libzip.so")) {
      files.addAll(libraries(java.resolve(library)));
    }
    Path c =
        files.stream().filter(f -> f.endsWith("libc.so.6")).findFirst().orElseThrow().getParent();
    for (String part : PARTS) {
      files.add(c.resolve(part));
    }
    return files;
  }

  /** The libraries of the host that a program or library needs. */
  private List<Path> libraries(Path file) throws Exception {
    Lanpo.Result listed = Lanpo.finish(new ProcessBuilder("ldd", file.toString()).start());
    assertEquals(0, listed.code(), listed.err());
    return listed
        .out()
        .lines()
        .map(line -> line.replaceFirst(".*=>", "").replaceFirst("\\(0x.*", "").strip())
        .filter(path -> path.startsWith("/") && !path.startsWith(installed.toString()))
        .map(Path::of)
        .toList();
  }

  private static boolean said(String... command) throws Exception {
    return Lanpo.finish(new ProcessBuilder(command).start()).code() == 0;
  }
}
