// The kernels on the CPU, for the test `emulation`: kernels.cu follows this prelude, and `main` at
// its end runs them with the grids that session.rs gives them. A thread of the GPU that meets
// barriers is a thread here; blocks run one after the other.

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_barrier_t barrier;
static __thread unsigned int block_number, thread_number;

#define KERNEL static void
#define INLINE static inline
#define SHARED static
#define ALIGNED(bytes) __attribute__((aligned(bytes)))
#define BARRIER() pthread_barrier_wait(&barrier)
#define BLOCK block_number
#define THREAD thread_number

#include "kernels.cu"

static u32 size, key[8], challenge[8], node_count;
static signed char *rows, *columns;
static int *product;
static u64 *tree;

static void matrix(u64 stream, signed char *out)
{
	u32 blocks = size * size / 64;
	for (block_number = 0; block_number < (blocks + THREADS - 1) / THREADS; block_number++)
		for (thread_number = 0; thread_number < THREADS; thread_number++)
			keystream(key, stream, blocks, (quad *)out);
}

// What cuBLAS documents of C = op(A) op(B) with op(A) = A transposed and op(B) = B: all matrices
// column after column, lda etc. from one column to the next.
static void gemm_tn(int m, int n, int k, const signed char *a, int lda, const signed char *b,
		int ldb, int *c, int ldc)
{
	for (int j = 0; j < n; j++)
		for (int i = 0; i < m; i++) {
			int sum = 0;
			for (int l = 0; l < k; l++)
				sum += a[i * lda + l] * b[j * ldb + l];
			c[j * ldc + i] = sum;
		}
}

static void *thread(void *number)
{
	thread_number = (u32)(size_t)number;
	for (block_number = 0; block_number < node_count; block_number++) {
		nodes(challenge, (const quad *)product, tree);
		// The next block has the same shared memory.
		BARRIER();
	}
	return 0;
}

static void *memory(size_t bytes)
{
	void *found = 0;
	if (posix_memalign(&found, 256, bytes))
		exit(3);
	return found;
}

// Argument: size. In: key, challenge. Out: rows of A, columns of B, nodes.
int main(int count, char **arguments)
{
	if (count != 2 || fread(key, 4, 8, stdin) != 8 || fread(challenge, 4, 8, stdin) != 8)
		return 2;
	size = atoi(arguments[1]);
	size_t entries = (size_t)size * size;
	node_count = entries / 16 / THREADS;
	rows = memory(entries);
	columns = memory(entries);
	product = memory(4 * entries);
	tree = memory(32 * node_count);
	matrix(0, rows);
	matrix(1, columns);
	gemm_tn(size, size, size, columns, size, rows, size, product, size);
	pthread_t threads[THREADS];
	pthread_barrier_init(&barrier, 0, THREADS);
	for (size_t i = 0; i < THREADS; i++)
		if (pthread_create(&threads[i], 0, thread, (void *)i))
			return 4;
	for (size_t i = 0; i < THREADS; i++)
		pthread_join(threads[i], 0);
	fwrite(rows, 1, entries, stdout);
	fwrite(columns, 1, entries, stdout);
	fwrite(tree, 32, node_count, stdout);
	return 0;
}
