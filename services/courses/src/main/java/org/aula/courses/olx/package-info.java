/// Reads a course that Open edX exported as an OLX archive (`.tar.gz`).
///
/// Two steps, both without any store or network: [OlxArchive#extract] unpacks a downloaded archive under
/// [Limits] and refuses what is unsafe; [OlxCourseReader#read] turns the unpacked files into an
/// [ImportedCourse]. Every file of the archive is accounted for: it was read, it is a [MediaFile], or it is
/// listed as [Skipped] with its [SkipReason].
///
/// Format: <https://docs.openedx.org/en/latest/educators/olx/index.html>.
@NullMarked
package org.aula.courses.olx;

import org.jspecify.annotations.NullMarked;
