/**
 * A micro-world in which reviews repair attempts and lessons tell what no review can find.
 *
 * <p>{@link io.lanpo.tasks.repair.Meaning} is a rule and a {@link io.lanpo.tasks.repair.Mark};
 * {@link io.lanpo.tasks.repair.RepairLanguage} speaks of it, {@link
 * io.lanpo.tasks.repair.RepairWorld} is the service.
 */
@NullMarked
package io.lanpo.tasks.repair;

import org.jspecify.annotations.NullMarked;
