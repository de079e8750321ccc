package io.lanpo.policy.tinker.protocol;

/** How batches and their results travel. */
public enum WireFormat {
  PROTOBUF,
  JSON;

  public Bodies bodies() {
    return this == PROTOBUF ? new ProtobufBodies() : new JsonBodies();
  }
}
