import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * Boots one Elasticsearch node from the published server jars, without the distribution around them.
 *
 * Settings are given as key=value arguments. The system property es.path.home names the folder that holds the modules.
 * The process serves until it is told to end, then closes the node so that the shards are flushed.
 */
class SingleNode {

    private static final long CLOSE_TIMEOUT_SECONDS = 20;

    public static void main(String[] arguments) throws Exception {
        LogConfigurator.configureESLogging();

        Path home = Path.of(System.getProperty("es.path.home"));
        Environment environment =
            InternalSettingsPreparer.prepareEnvironment(settings(home, arguments), Map.of(), home.resolve("config"), () -> "dramatis");
        PluginsLoader plugins = PluginsLoader.createPluginsLoader(
            PluginsLoader.loadModulesBundles(home.resolve("modules"), false), Set.of(), Map.of(), false);

        Node node = new Node(environment, plugins);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node), "close-node"));
        node.start();
        new CountDownLatch(1).await();
    }

    private static Settings settings(Path home, String[] arguments) {
        Settings.Builder settings = Settings.builder().put("path.home", home);
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            settings.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return settings.build();
    }

    private static void close(Node node) {
        try {
            node.prepareForClose();
            node.close();
            node.awaitClose(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }
}
