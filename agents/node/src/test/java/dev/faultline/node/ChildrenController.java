package dev.faultline.node;

/** A program that starts children, says who they are, and then waits to be killed. */
final class ChildrenController {

  private ChildrenController() {}

  public static void main(String[] arguments) throws Exception {
    Children children = new Children();
    for (int child = 0; child < 3; child++) {
      System.out.println(children.start(ChildSpec.of("sleep", "600")).identity().text());
    }
    Thread.currentThread().join();
  }
}
