package org.aula.content.file;

import java.io.IOException;
import java.io.Writer;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/// The text and the number of pages of a PDF.
final class PdfText {

    private static final long MAX_BYTES = 128L << 20;
    private static final long MEMORY_BYTES = 16L << 20;
    private static final long DISK_BYTES = 512L << 20;
    private static final int MAX_PAGES = 10_000;

    private PdfText() {}

    static FileMetadata read(FileBytes bytes, WorkBudget budget) {
        var memory = MemoryUsageSetting.setupMixed(MEMORY_BYTES, MEMORY_BYTES + DISK_BYTES);
        try (var copy = WorkingCopy.of(bytes, MAX_BYTES, budget);
                var document = Loader.loadPDF(copy.path().toFile(), "", memory.streamCache)) {
            var pages = document.getNumberOfPages();
            if (pages > MAX_PAGES) {
                throw new UnprocessableFileException("it has more than " + MAX_PAGES + " pages");
            }
            var text = new BoundedText(budget);
            new Stripper(text, budget).writeText(document, text);
            return FileMetadata.text(text.toString(), pages);
        } catch (InvalidPasswordException locked) {
            throw new UnprocessableFileException("it is protected by a password", locked);
        } catch (UnprocessableFileException told) {
            throw told;
        } catch (IOException | RuntimeException broken) {
            throw new UnprocessableFileException("the PDF is broken", broken);
        }
    }

    private static final class Stripper extends PDFTextStripper {

        private final BoundedText text;
        private final WorkBudget budget;

        Stripper(BoundedText text, WorkBudget budget) {
            this.text = text;
            this.budget = budget;
        }

        @Override
        public void processPage(PDPage page) throws IOException {
            budget.check();
            if (!text.isFull()) {
                super.processPage(page);
            }
        }

        @Override
        protected void processTextPosition(TextPosition position) {
            budget.check();
            super.processTextPosition(position);
        }

        @Override
        public void writeText(PDDocument document, Writer target) throws IOException {
            setSortByPosition(false);
            super.writeText(document, target);
        }
    }
}
