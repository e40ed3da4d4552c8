package org.aula.courses.olx;

import java.util.List;

/// A vertical: one page of a lesson, its blocks in order. A page whose components were all skipped has none.
public record ImportedPage(String sourceId, String title, List<ImportedBlock> blocks) {
    public ImportedPage {
        blocks = List.copyOf(blocks);
    }
}
