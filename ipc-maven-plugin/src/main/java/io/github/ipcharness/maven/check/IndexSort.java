package io.github.ipcharness.maven.check;

import java.util.function.IntToLongFunction;

/**
 * Sorts indexes by a long key, stably, without an object for each.
 *
 * <p>A merge sort that leaves alone what is in order already: the files of a run are each almost sorted by time, so that
 * merging p of them costs about n log p.
 */
final class IndexSort {

    private static final int SMALL = 16;

    private final long[] keys;
    private final int[] spare;

    private IndexSort(long[] keys, int size) {
        this.keys = keys;
        this.spare = new int[size];
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
        long[] keys = new long[limit];
        for (int number : numbers) {
            keys[number] = key.applyAsLong(number);
        }
        new IndexSort(keys, numbers.length).sort(numbers, 0, numbers.length);
        return numbers;
    }

    private void sort(int[] a, int from, int to) {
        if (to - from <= SMALL) {
            insert(a, from, to);
            return;
        }
        int middle = (from + to) >>> 1;
        sort(a, from, middle);
        sort(a, middle, to);
        if (keys[a[middle - 1]] > keys[a[middle]]) {
            merge(a, from, middle, to);
        }
    }

    private void insert(int[] a, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            int number = a[i];
            long key = keys[number];
            int j = i;
            while (j > from && keys[a[j - 1]] > key) {
                a[j] = a[j - 1];
                j--;
            }
            a[j] = number;
        }
    }

    private void merge(int[] a, int from, int middle, int to) {
        int left = middle - from;
        System.arraycopy(a, from, spare, 0, left);
        int i = 0;
        int j = middle;
        int out = from;
        while (i < left && j < to) {
            a[out++] = keys[spare[i]] <= keys[a[j]] ? spare[i++] : a[j++];
        }
        System.arraycopy(spare, i, a, out, left - i);
    }
}
