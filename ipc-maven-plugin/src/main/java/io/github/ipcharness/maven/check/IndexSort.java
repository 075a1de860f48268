package io.github.ipcharness.maven.check;

import java.util.function.IntToLongFunction;

/**
 * Sorts indexes by a long key, stably, without an object for each.
 *
 * <p>A merge sort that leaves alone what is in order already: the files of a run are each almost sorted by time, so that
 * merging p of them costs about n log p. For what is almost sorted it asks for keys as it goes along, and takes no room
 * but for half of the indexes; only for what is in no order it copies the keys first, to find them faster.
 */
final class IndexSort {

    private static final int SMALL = 16;

    private final IntToLongFunction key;
    private int[] spare = {};

    private IndexSort(IntToLongFunction key) {
        this.key = key;
    }

    /** The numbers from 0 to size - 1, those with smaller keys first, equal keys in their old order. */
    static int[] order(int size, IntToLongFunction key) {
        int[] all = new int[size];
        for (int i = 0; i < size; i++) {
            all[i] = i;
        }
        return sort(all, size, key);
    }

    /** Sorts these numbers, which lie between 0 and limit - 1, in place. */
    static int[] sort(int[] numbers, int limit, IntToLongFunction key) {
        IntToLongFunction quick = isAlmostSorted(numbers, key) ? key : copy(numbers, limit, key);
        new IndexSort(quick).sort(numbers, 0, numbers.length);
        return numbers;
    }

    /** Whether of any {@value #SMALL} neighbours the first rarely comes after the last. */
    static boolean isAlmostSorted(int[] numbers, IntToLongFunction key) {
        int wrong = 0;
        for (int i = SMALL; i < numbers.length; i += SMALL) {
            wrong += key.applyAsLong(numbers[i - SMALL]) > key.applyAsLong(numbers[i]) ? 1 : 0;
        }
        return wrong <= numbers.length / SMALL / 4;
    }

    private static IntToLongFunction copy(int[] numbers, int limit, IntToLongFunction key) {
        long[] keys = new long[limit];
        for (int number : numbers) {
            keys[number] = key.applyAsLong(number);
        }
        return number -> keys[number];
    }

    private void sort(int[] a, int from, int to) {
        if (to - from <= SMALL) {
            insert(a, from, to);
            return;
        }
        int middle = (from + to) >>> 1;
        sort(a, from, middle);
        sort(a, middle, to);
        if (key.applyAsLong(a[middle - 1]) > key.applyAsLong(a[middle])) {
            merge(a, from, middle, to);
        }
    }

    private void insert(int[] a, int from, int to) {
        long greatest = Long.MIN_VALUE;
        for (int i = from; i < to; i++) {
            int number = a[i];
            long own = key.applyAsLong(number);
            if (own >= greatest) {
                greatest = own;
                continue;
            }
            int j = i;
            while (j > from && key.applyAsLong(a[j - 1]) > own) {
                a[j] = a[j - 1];
                j--;
            }
            a[j] = number;
        }
    }

    private void merge(int[] a, int from, int middle, int to) {
        int left = middle - from;
        if (spare.length < left) {
            spare = new int[left];
        }
        System.arraycopy(a, from, spare, 0, left);
        int i = 0;
        int j = middle;
        int out = from;
        long ofLeft = key.applyAsLong(spare[0]);
        long ofRight = key.applyAsLong(a[middle]);
        while (i < left && j < to) {
            if (ofLeft <= ofRight) {
                a[out++] = spare[i++];
                ofLeft = i < left ? key.applyAsLong(spare[i]) : ofLeft;
            } else {
                a[out++] = a[j++];
                ofRight = j < to ? key.applyAsLong(a[j]) : ofRight;
            }
        }
        System.arraycopy(spare, i, a, out, left - i);
    }
}
