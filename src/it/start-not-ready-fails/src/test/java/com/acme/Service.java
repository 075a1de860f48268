package com.acme;

/** Never opens what it should. */
public class Service {
    public static void main(String[] args) throws InterruptedException {
        switch (args[0]) {
            case "hangs" -> waitForPriceList();
            case "dies" -> throw new IllegalStateException("there is no price list");
            default -> System.out.println("there is nothing to do");
        }
    }

    private static void waitForPriceList() throws InterruptedException {
        System.out.println("waiting for the price list");
        Thread.sleep(Long.MAX_VALUE);
    }
}
