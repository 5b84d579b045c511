package dev.faultline.model.environment;

/** The kinds of places where targets are found. */
public sealed interface Place permits Lab, Local, Hosts, Kubernetes {}
