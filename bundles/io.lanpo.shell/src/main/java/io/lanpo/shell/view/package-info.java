/**
 * How runs, evaluations, verdicts, pools and deployments are printed; nothing here calls a service.
 */
@NullMarked
package io.lanpo.shell.view;

import org.jspecify.annotations.NullMarked;
