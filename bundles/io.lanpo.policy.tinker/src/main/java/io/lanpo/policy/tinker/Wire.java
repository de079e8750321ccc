package io.lanpo.policy.tinker;

/** How batches and their results travel. */
enum Wire {
  PROTOBUF,
  JSON;

  Bodies bodies() {
    return this == PROTOBUF ? new ProtobufBodies() : new JsonBodies();
  }
}
