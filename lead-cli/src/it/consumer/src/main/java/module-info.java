/** Somebody else's application; it names the library's core only, the destination is found. */
module consumer {
    requires io.leaddispatch;
    requires jdk.httpserver;
}
