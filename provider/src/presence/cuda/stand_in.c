// A stand-in for libcuda, libnvrtc and libcublas, for the test `stand_in`: what session.rs and the
// bindings ask of them, done by the CPU. The kernels are those of kernels.cu, compiled as C. A
// thread of the GPU that meets barriers is a thread here; blocks run one after the other.
//
// It is stricter than a GPU: memory is full of rubbish when it is lent, and writing beyond it,
// giving back what was not lent, and keeping something when the context ends, all abort.

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

#define CHECK(holds) ((holds) ? (void)0 : refuse(#holds, __LINE__))

static void refuse(const char *what, int line)
{
	fprintf(stderr, "stand_in.c, line %d: not so: %s\n", line, what);
	abort();
}

enum { OK = 0, OUT_OF_MEMORY = 2, INVALID_DEVICE = 101, NOT_FOUND = 500, NVRTC_COMPILATION = 6 };

// ---- Driver: memory. Sixteen pieces of at most 8 MiB.

#define PIECES 16
#define LARGEST (8 << 20)
#define MARGIN 64
#define RUBBISH 0xa5

static struct { unsigned char *at; size_t bytes; } pieces[PIECES];
static int contexts, handles;

// The lent piece that holds `bytes` from `at`.
static void lent(const void *at, size_t bytes)
{
	const unsigned char *from = at;
	for (int i = 0; i < PIECES; i++)
		if (pieces[i].at && from >= pieces[i].at && from + bytes <= pieces[i].at + pieces[i].bytes)
			return;
	CHECK(!"memory of the GPU");
}

int cuMemAlloc_v2(u64 *out, size_t bytes)
{
	CHECK(contexts > 0 && bytes > 0);
	if (bytes > LARGEST)
		return OUT_OF_MEMORY;
	for (int i = 0; i < PIECES; i++)
		if (!pieces[i].at) {
			void *found = 0;
			CHECK(posix_memalign(&found, 256, bytes + MARGIN) == 0);
			memset(found, RUBBISH, bytes + MARGIN);
			pieces[i].at = found;
			pieces[i].bytes = bytes;
			*out = (u64)(size_t)found;
			return OK;
		}
	return OUT_OF_MEMORY;
}

int cuMemFree_v2(u64 at)
{
	for (int i = 0; i < PIECES; i++)
		if (pieces[i].at == (unsigned char *)(size_t)at) {
			for (int j = 0; j < MARGIN; j++)
				CHECK(pieces[i].at[pieces[i].bytes + j] == RUBBISH);
			free(pieces[i].at);
			pieces[i].at = 0;
			return OK;
		}
	CHECK(!"lent");
	return OK;
}

int cuMemcpyHtoDAsync_v2(u64 to, const void *from, size_t bytes, void *stream)
{
	(void)stream;
	lent((void *)(size_t)to, bytes);
	memcpy((void *)(size_t)to, from, bytes);
	return OK;
}

int cuMemcpyDtoHAsync_v2(void *to, u64 from, size_t bytes, void *stream)
{
	(void)stream;
	lent((void *)(size_t)from, bytes);
	memcpy(to, (void *)(size_t)from, bytes);
	return OK;
}

// ---- Driver: device, context, events. Nothing is asynchronous.

static int device_number;

int cuInit(unsigned int flags) { return flags; }
int cuDeviceGet(int *device, int ordinal)
{
	*device = 7;
	return ordinal ? INVALID_DEVICE : OK;
}
int cuDeviceGetName(char *name, int length, int device)
{
	CHECK(device == 7);
	snprintf(name, length, "stand-in");
	return OK;
}
int cuDeviceTotalMem_v2(size_t *bytes, int device)
{
	CHECK(device == 7);
	*bytes = LARGEST;
	return OK;
}
int cuDeviceGetAttribute(int *value, int attribute, int device)
{
	CHECK(device == 7);
	switch (attribute) {
	case 13: *value = 1500000; return OK; // kHz
	case 16: *value = 3; return OK; // multiprocessors
	case 75: *value = 9; return OK; // capability
	case 76: *value = 0; return OK;
	default: *value = 0; return OK; // no memory pools
	}
}
int cuDevicePrimaryCtxRetain(void **context, int device)
{
	CHECK(device == 7);
	contexts++;
	*context = &device_number;
	return OK;
}
int cuDevicePrimaryCtxRelease_v2(int device)
{
	CHECK(device == 7 && contexts > 0);
	if (--contexts == 0) {
		CHECK(handles == 0);
		for (int i = 0; i < PIECES; i++)
			CHECK(!pieces[i].at);
	}
	return OK;
}
static __thread void *current;
int cuCtxSetCurrent(void *context) { current = context; return OK; }
int cuCtxGetCurrent(void **context) { *context = current; return OK; }
int cuEventCreate(void **event, unsigned int flags) { (void)flags; *event = &current; return OK; }
int cuEventDestroy_v2(void *event) { (void)event; return OK; }
int cuEventRecord(void *event, void *stream) { (void)event; (void)stream; return OK; }
int cuStreamWaitEvent(void *stream, void *event, unsigned int flags)
{
	(void)stream;
	(void)event;
	(void)flags;
	return OK;
}
int cuStreamSynchronize(void *stream) { (void)stream; return OK; }
int cuGetErrorString(int error, const char **text)
{
	*text = error == OUT_OF_MEMORY ? "out of memory" : "error";
	return OK;
}

// ---- Driver: kernels.

static char keystream_entry, nodes_entry;

int cuModuleLoadData(void **module, const void *image)
{
	CHECK(strcmp(image, "compiled") == 0);
	*module = &keystream_entry;
	return OK;
}
int cuModuleUnload(void *module) { (void)module; return OK; }
int cuModuleGetFunction(void **function, void *module, const char *name)
{
	(void)module;
	*function = strcmp(name, "keystream") == 0 ? &keystream_entry : &nodes_entry;
	return strcmp(name, "keystream") && strcmp(name, "nodes") ? NOT_FOUND : OK;
}

static u32 grid;
static const u32 *given_challenge;
static const quad *given_product;
static u64 *given_out;

static void *node_thread(void *number)
{
	thread_number = (u32)(size_t)number;
	for (block_number = 0; block_number < grid; block_number++) {
		nodes(given_challenge, given_product, given_out);
		// The next block has the same shared memory.
		BARRIER();
	}
	return 0;
}

static void *pointer(void *argument) { return (void *)(size_t)*(u64 *)argument; }

int cuLaunchKernel(void *function, u32 x, u32 y, u32 z, u32 threads_x, u32 threads_y,
		u32 threads_z, u32 shared, void *stream, void **arguments, void **extra)
{
	CHECK(y == 1 && z == 1 && threads_x == THREADS && threads_y == 1 && threads_z == 1);
	CHECK(shared == 0 && !stream && !extra);
	if (function == &keystream_entry) {
		u32 blocks = *(u32 *)arguments[2];
		lent(pointer(arguments[0]), 32);
		lent(pointer(arguments[3]), 64 * (size_t)blocks);
		for (block_number = 0; block_number < x; block_number++)
			for (thread_number = 0; thread_number < THREADS; thread_number++)
				keystream(pointer(arguments[0]), *(u64 *)arguments[1], blocks,
					pointer(arguments[3]));
		return OK;
	}
	pthread_t threads[THREADS];
	grid = x;
	given_challenge = pointer(arguments[0]);
	given_product = pointer(arguments[1]);
	given_out = pointer(arguments[2]);
	lent(given_challenge, 32);
	lent(given_product, 64 * THREADS * (size_t)grid);
	lent(given_out, 32 * (size_t)grid);
	pthread_barrier_init(&barrier, 0, THREADS);
	for (size_t i = 0; i < THREADS; i++)
		CHECK(pthread_create(&threads[i], 0, node_thread, (void *)i) == 0);
	for (size_t i = 0; i < THREADS; i++)
		pthread_join(threads[i], 0);
	pthread_barrier_destroy(&barrier);
	return OK;
}

// ---- NVRTC: takes the source that was compiled into this, and refuses any other.

static int accepted;

int nvrtcCreateProgram(void **program, const char *source, const char *name, int headers,
		const char *const *texts, const char *const *names)
{
	(void)name;
	(void)texts;
	(void)names;
	CHECK(headers == 0);
	accepted = strstr(source, "KERNEL nodes(") && strstr(source, "KERNEL keystream(");
	*program = &accepted;
	return OK;
}
int nvrtcCompileProgram(void *program, int count, const char *const *options)
{
	(void)program;
	(void)options;
	CHECK(count == 0);
	return accepted ? OK : NVRTC_COMPILATION;
}
int nvrtcGetPTXSize(void *program, size_t *bytes)
{
	(void)program;
	*bytes = sizeof "compiled";
	return OK;
}
int nvrtcGetPTX(void *program, char *out)
{
	(void)program;
	strcpy(out, "compiled");
	return OK;
}
int nvrtcGetProgramLogSize(void *program, size_t *bytes)
{
	(void)program;
	*bytes = sizeof "refused";
	return OK;
}
int nvrtcGetProgramLog(void *program, char *out)
{
	(void)program;
	strcpy(out, "refused");
	return OK;
}
int nvrtcDestroyProgram(void **program) { *program = 0; return OK; }

// ---- cuBLAS: what its manual says of C = alpha op(A) op(B) + beta C. All matrices are column
// after column, lda etc. entries from one column to the next; 0 is "as it is", 1 "transposed".

int cublasCreate_v2(void **handle)
{
	CHECK(current && contexts > 0);
	handles++;
	*handle = &handles;
	return OK;
}
int cublasDestroy_v2(void *handle)
{
	CHECK(handle == &handles && handles > 0);
	handles--;
	return OK;
}
int cublasSetStream_v2(void *handle, void *stream) { return !handle || stream; }

int cublasGemmEx(void *handle, int op_a, int op_b, int m, int n, int k, const int *alpha,
		const signed char *a, int type_a, int lda, const signed char *b, int type_b, int ldb,
		const int *beta, int *c, int type_c, int ldc, int compute, int algorithm)
{
	enum { BYTES = 3, INTEGERS = 10, COMPUTE_32I = 72, DEFAULT = -1 };
	CHECK(handle == &handles && type_a == BYTES && type_b == BYTES && type_c == INTEGERS);
	CHECK(compute == COMPUTE_32I && algorithm == DEFAULT);
	// Rubbish is not to be read where beta is 0.
	CHECK(*beta == 0);
	lent(a, (size_t)lda * (op_a ? m : k));
	lent(b, (size_t)ldb * (op_b ? k : n));
	lent(c, 4 * (size_t)ldc * n);
	for (int j = 0; j < n; j++)
		for (int i = 0; i < m; i++) {
			int sum = 0;
			for (int l = 0; l < k; l++)
				sum += (op_a ? a[i * lda + l] : a[l * lda + i]) *
					(op_b ? b[l * ldb + j] : b[j * ldb + l]);
			c[j * ldc + i] = *alpha * sum;
		}
	return OK;
}
