package dev.proxywasm.internal.config;

import dev.proxywasm.ConfigurationException;
import dev.proxywasm.internal.config.Setting.Entry;
import dev.proxywasm.internal.config.Setting.Kind;
import dev.proxywasm.internal.config.Setting.Mapping;
import dev.proxywasm.internal.config.Setting.Scalar;
import dev.proxywasm.internal.config.Setting.Sequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Makes settings of YAML 1.2 documents (core schema). Used once.
 *
 * <p>It reads the parser's events, not its nodes: so depth is limited before anything recurses, and aliases are counted with all that they
 * repeat before anything is repeated.
 */
final class YamlTree {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_DOCUMENTS = 1000;
    /** Characters, each value counting one more. */
    private static final long MAX_WEIGHT = 4L * 1024 * 1024;

    private static final ScalarResolver CORE = new CoreSchema().getScalarResolver();
    private static final Map<Tag, Kind> KINDS =
            Map.of(Tag.INT, Kind.INTEGER, Tag.FLOAT, Kind.DECIMAL, Tag.BOOL, Kind.FLAG, Tag.NULL, Kind.NOTHING);

    private final String file;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private Iterator<Event> events = Collections.emptyIterator();
    private long weight;

    YamlTree(String file) {
        this.file = file;
    }

    /** What an anchor stands for, and how much an alias to it repeats. */
    private record Anchored(Setting setting, long weight) {}

    /**
     * The root of the one document; nothing for an empty one.
     *
     * @throws ConfigurationException if the text is not one YAML document within the limits
     */
    Setting read(String text) {
        List<Setting> roots = parse(text, 1);
        return roots.isEmpty() ? new Scalar(new Origin.InFile(file, 1, 1), "", Kind.NOTHING) : roots.get(0);
    }

    /**
     * The roots of all documents, up to a thousand; none for an empty text.
     *
     * @throws ConfigurationException if the text is not YAML within the limits
     */
    List<Setting> readAll(String text) {
        return parse(text, MAX_DOCUMENTS);
    }

    private List<Setting> parse(String text, int most) {
        try {
            events = new Parse(LoadSettings.builder().setLabel(file).build())
                    .parseString(text)
                    .iterator();
            return documents(most);
        } catch (MarkedYamlEngineException e) {
            throw notYaml(e);
        } catch (ReaderException e) {
            throw unprintable(text, e);
        } catch (YamlEngineException e) {
            throw new ConfigurationException(file + ": not YAML: " + oneLine(e.getMessage()), e);
        }
    }

    private List<Setting> documents(int most) {
        List<Setting> roots = new ArrayList<>();
        events.next(); // stream start
        for (Event start = events.next(); start.getEventId() != Event.ID.StreamEnd; start = events.next()) {
            if (roots.size() == most) {
                throw error(
                        start,
                        most == 1 ? "a second document begins; expected one" : "more than " + most + " documents");
            }
            anchors.clear();
            roots.add(node(events.next(), 1));
            events.next(); // document end
        }
        return roots;
    }

    private Setting node(Event event, int depth) {
        if (depth > MAX_DEPTH) {
            throw error(event, "nested more than " + MAX_DEPTH + " levels deep");
        }
        if (event instanceof AliasEvent alias) {
            return repeated(alias);
        }
        long before = weight;
        Setting setting = content(event, depth);
        weigh(event, 1);
        ((NodeEvent) event)
                .getAnchor()
                .ifPresent(anchor -> anchors.put(anchor, new Anchored(setting, weight - before)));
        return setting;
    }

    private Setting content(Event event, int depth) {
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar);
        }
        if (event instanceof SequenceStartEvent sequence) {
            refuseTag(event, sequence.getTag());
            return sequence(event, depth);
        }
        MappingStartEvent mapping = (MappingStartEvent) event;
        refuseTag(event, mapping.getTag());
        return mapping(event, depth);
    }

    private Setting repeated(AliasEvent alias) {
        Anchored anchored = anchors.get(alias.getAlias());
        if (anchored == null) {
            throw error(alias, "alias *" + alias.getAlias() + " refers to nothing that is complete before it");
        }
        weigh(alias, anchored.weight());
        return anchored.setting();
    }

    private void weigh(Event event, long more) {
        weight += more;
        if (weight > MAX_WEIGHT) {
            throw error(event, "aliases repeat more than 4 MiB");
        }
    }

    private Scalar scalar(ScalarEvent event) {
        refuseTag(event, event.getTag());
        String text = event.getValue();
        weigh(event, text.length());
        Kind kind = event.isPlain() ? KINDS.getOrDefault(CORE.resolve(text, true), Kind.TEXT) : Kind.TEXT;
        return new Scalar(origin(event), text, kind);
    }

    private Sequence sequence(Event start, int depth) {
        List<Setting> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(event, depth + 1));
        }
        return new Sequence(origin(start), items);
    }

    private Mapping mapping(Event start, int depth) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            String key = key(event);
            Entry entry = new Entry(origin(event), node(events.next(), depth + 1));
            Entry earlier = entries.putIfAbsent(key, entry);
            if (earlier != null) {
                throw error(
                        event,
                        "key '" + key + "' is written twice, first at "
                                + earlier.keyOrigin().at(""));
            }
        }
        return new Mapping(origin(start), entries);
    }

    private String key(Event event) {
        if (!(event instanceof ScalarEvent scalar)) {
            throw error(event, "found a key that is no plain text, expected a name");
        }
        String key = scalar(scalar).text();
        if (key.equals("<<") && scalar.isPlain()) {
            throw error(
                    event, "merge keys (<<) are not part of YAML 1.2; write the keys out, or alias the whole value");
        }
        return key;
    }

    private void refuseTag(Event event, Optional<String> tag) {
        tag.ifPresent(name -> {
            throw error(event, "tag " + name + " is not supported; write the value without it");
        });
    }

    private ConfigurationException notYaml(MarkedYamlEngineException e) {
        String problem = oneLine(e.getProblem()) + (e.getContext() == null ? "" : " " + oneLine(e.getContext()));
        String place = e.getProblemMark()
                .map(mark -> new Origin.InFile(file, mark.getLine() + 1, mark.getColumn() + 1).at(""))
                .orElse(file);
        return new ConfigurationException(place + ": not YAML: " + problem, e);
    }

    private ConfigurationException unprintable(String text, ReaderException e) {
        int index = text.indexOf(Character.toString(e.getCodePoint()));
        String before = text.substring(0, Math.max(index, 0));
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        Origin place = new Origin.InFile(file, line, before.length() - before.lastIndexOf('\n'));
        String character = String.format(Locale.ROOT, "U+%04X", e.getCodePoint());
        return new ConfigurationException(place.at("") + ": not YAML: character " + character + " is not allowed", e);
    }

    private static String oneLine(@Nullable String text) {
        return text == null ? "" : text.strip().replaceAll("\\s+", " ");
    }

    private ConfigurationException error(Event event, String problem) {
        return new ConfigurationException(origin(event).at("") + ": " + problem);
    }

    private Origin origin(Event event) {
        return event.getStartMark()
                .map(mark -> new Origin.InFile(file, mark.getLine() + 1, mark.getColumn() + 1))
                .orElseGet(() -> new Origin.InFile(file, 1, 1));
    }
}
