package dev.sledge.agent;

import java.io.IOException;

/** Nodes of devices that a container needs to mount an image: it has none that were made after its start. */
final class Devices {
    /** More than the images of any state, since other containers take some of them meanwhile. */
    private static final String LOOPS = "24";

    /** In one process: a few dozen take longer than everything else. "/dev/loop0 (lost)" is what losetup says where the node is missing. */
    private static final String MAKE = """
            [ -e /dev/fuse ] || mknod /dev/fuse c 10 229
            [ -e /dev/loop-control ] || mknod /dev/loop-control c 10 237
            free=$(losetup --find); free=${free%% *}; free=${free#/dev/loop}
            for ((n = free; n < free + $1; n++)); do [ -e "/dev/loop$n" ] || mknod "/dev/loop$n" b 7 "$n"; done""";

    private Devices() {}

    /** Makes those that are missing. What cannot be made is missed by who needs it. */
    static void make() throws InterruptedException {
        try {
            Program.run("bash", "-c", MAKE, "devices", LOOPS);
        } catch (IOException e) {
            Main.say(String.valueOf(e.getMessage()));
        }
    }
}
