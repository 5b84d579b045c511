package dev.faultline.node.packet.engine;

/**
 * A packet whose content is kept, as something is to be done with it.
 *
 * @param packet its number in the queue
 * @param device the number of the interface by which it came or was to go
 * @param contents from the header of IP on, as they are to go on
 * @param carried whether the kernel has dropped the original, so that this is sent in its place
 * @param changed whether they are not those of the original
 * @param twice whether a copy follows
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and nobody else has the array
record Parcel(
    int packet, int device, byte[] contents, boolean carried, boolean changed, boolean twice) {}
