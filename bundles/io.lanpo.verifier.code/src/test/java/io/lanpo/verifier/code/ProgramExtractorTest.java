package io.lanpo.verifier.code;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.verifier.code.ProgramExtractor.Extracted;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramExtractorTest {
  private final Language python = Language.of("python").orElseThrow();
  private final ProgramExtractor extractor = new ProgramExtractor(python, true);

  /** {@code /} is a line end; the entry point is {@code f}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "```python/A/```                         | A | block 1 of 1",
        "Text/```py/A/B/```/text                 | A/B | block 1 of 1",
        "```Python3/A/```                        | A | block 1 of 1",
        "```{.python .numberLines}/A/```         | A | block 1 of 1",
        "```python#/A/```                        | A | block 1 of 1",
        "~~~python/A/~~~                         | A | block 1 of 1",
        "~~~python/```/~~~                       | ``` | block 1 of 1",
        "````python/```/A/```/````               | ```/A/``` | block 1 of 1",
        "  ```python/A/  ```                     | A | block 1 of 1",
        "```/A/```                               | A | block 1 of 1",
        "```/A/```/```python/B/```/```/C/```     | B | block 2 of 3",
        "```python/A/```/```python/B/```         | B | block 2 of 2",
        "```python/def f(x):/```/```python/f(1) == 2/```  | def f(x): | block 1 of 2",
        "```python/def f(x): 1/```/```python/def f(x): 2/```/```python/def fg(x): 3/``` "
            + "| def f(x): 2 | block 2 of 3",
        "```python/class f:/```/```python/B/```  | class f: | block 1 of 2",
        "```python/f = lambda x: x/```/```python/B/``` | f = lambda x: x | block 1 of 2",
        "```python/A                             | A | block 1 of 1",
        "```bash/pip/```/```python/A/```         | A | block 2 of 2",
        "def f(x):/  return x                    | def f(x):/  return x | the whole response",
        "```bash/pip/```                         | | ",
        "```c/int f()/```                        | | ",
      })
  void findsTheProgram(String response, String program, String how) {
    Optional<Extracted> found = extractor.extract(response.replace('/', '\n'), "f");
    assertEquals(Optional.ofNullable(program), found.map(e -> e.text().strip().replace('\n', '/')));
    assertEquals(Optional.ofNullable(how), found.map(Extracted::how));
  }

  @Test
  void aResponseWithoutAFenceIsAProgramOnlyWhereThatIsAllowed() {
    ProgramExtractor fenced = new ProgramExtractor(python, false);
    assertEquals(Optional.empty(), fenced.extract("def f(x): pass", "f"));
    assertEquals(Optional.empty(), extractor.extract(" \n", "f"));
  }

  @Test
  void theLanguageIsAParameter() {
    ProgramExtractor perl = new ProgramExtractor(Language.of("perl").orElseThrow(), true);
    String response = "```python\nA\n```\n```perl\nB\n```\n";
    assertEquals("B\n", perl.extract(response, "").orElseThrow().text());
    assertEquals("A\n", extractor.extract(response, "").orElseThrow().text());
  }
}
