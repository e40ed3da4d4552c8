package org.aula.courses.olx;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns the addresses in HTML into ones that work after the import.
final class LinkResolver {
    private static final Pattern SCHEME = Pattern.compile("^([a-zA-Z][a-zA-Z0-9+.-]*):");
    private static final Pattern JUMP = Pattern.compile("/jump_to(?:_id)?/(?:[^?#]*@)?([^/?#@]+)/?(?:[?#].*)?$");
    private static final Set<String> WEB_SCHEMES = Set.of("http", "https");
    private static final Set<String> LINK_SCHEMES = Set.of("http", "https", "mailto", "tel");

    /// What an attribute's address is for.
    enum Use {
        LINK,
        RESOURCE
    }

    private final MediaLibrary media;
    private final Map<String, String> targets;
    private final SkipList skipped;

    /// @param targets lesson placeholder by component, page, lesson and section id
    LinkResolver(MediaLibrary media, Map<String, String> targets, SkipList skipped) {
        this.media = media;
        this.targets = targets;
        this.skipped = skipped;
    }

    /// The address to write; empty if the attribute must go, which is then listed.
    Optional<String> resolve(String written, Use use, String file, String element) {
        // Browsers ignore control characters inside of addresses, so must the look at the scheme.
        String address = written.replaceAll("[\\p{Cntrl}]", "").strip();
        return switch (media.find(address)) {
            case MediaLibrary.Found.Media(String placeholder) -> Optional.of(placeholder);
            case MediaLibrary.Found.Active() -> drop(address, file, element, SkipReason.ACTIVE_CONTENT);
            case MediaLibrary.Found.Missing() -> drop(address, file, element, SkipReason.FILE_MISSING);
            case MediaLibrary.Found.NotMedia() -> other(address, use, file, element);
        };
    }

    private Optional<String> other(String address, Use use, String file, String element) {
        Matcher jump = JUMP.matcher(address);
        if (use == Use.LINK && jump.find() && targets.containsKey(jump.group(1))) {
            return Optional.of(targets.getOrDefault(jump.group(1), ""));
        }
        if (address.startsWith("//")) {
            return Optional.of("https:" + address);
        }
        Matcher scheme = SCHEME.matcher(address);
        if (!scheme.find()) {
            return drop(address, file, element, SkipReason.LINK_REMOVED);
        }
        Set<String> allowed = use == Use.LINK ? LINK_SCHEMES : WEB_SCHEMES;
        return allowed.contains(scheme.group(1).toLowerCase(Locale.ROOT))
                ? Optional.of(address)
                : drop(address, file, element, SkipReason.ADDRESS_REMOVED);
    }

    private Optional<String> drop(String address, String file, String element, SkipReason reason) {
        skipped.add(file, element + ": " + address, reason);
        return Optional.empty();
    }
}
