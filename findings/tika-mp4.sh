#!/usr/bin/env bash
# Films as ffmpeg and recorders write them: the brand in the first box says which MP4 it is.
. "$(dirname "$0")/lib.sh"
maven org.apache.tika:tika-core:3.3.2 org.slf4j:slf4j-nop:2.0.17
finding "tika-core" 3.3.2 "an ISO media file is video/mp4, whichever of the format's own brands it has; video/quicktime is what Apple's brand qt says"

answers=$(java_source Mp4 <<'JAVA'
import java.nio.charset.StandardCharsets;
import org.apache.tika.Tika;

public class Mp4 {
    public static void main(String[] args) {
        for (var brand : new String[] {"mp42", "isom", "iso5", "dash", "qt  "}) {
            var file = ("\0\0\0\u0018ftyp" + brand + "\0\0\2\0mp42isom\0\0\0\bfree").getBytes(StandardCharsets.ISO_8859_1);
            System.out.println(new Tika().detect(file));
        }
        System.out.println(new Tika().detect("film.mp4"));
    }
}
JAVA
)
answer() { sed -n "$1p" <<<"$answers"; }
happens "mp42" video/mp4 "$(answer 1)"
happens "isom, as ffmpeg writes it" video/quicktime "$(answer 2)"
happens "iso5" video/quicktime "$(answer 3)"
happens "dash" video/quicktime "$(answer 4)"
happens "qt" video/quicktime "$(answer 5)"
happens "by the name film.mp4 alone" video/mp4 "$(answer 6)"
