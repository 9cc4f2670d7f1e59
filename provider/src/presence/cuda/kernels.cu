// What a GPU does of a presence challenge beside the product itself: terminal_gpu_proof::product
// defines both. The common part of CUDA C++ and C99: NVRTC compiles it for the GPU, and the test
// `stand_in`, which defines KERNEL and the names below it for itself, for the CPU.

#ifndef KERNEL
#define KERNEL extern "C" __global__ void
#define INLINE static __device__ __forceinline__
#define SHARED __shared__
#define ALIGNED(bytes) __align__(bytes)
#define BARRIER() __syncthreads()
#define BLOCK blockIdx.x
#define THREAD threadIdx.x
#endif

// Threads per block, and the leaves under one kept node.
#define THREADS 256u

typedef unsigned int u32;
typedef unsigned long long u64;
// Moved by one instruction.
typedef struct ALIGNED(16) { u32 x, y, z, w; } quad;

// ---- Matrices: keystreams of ChaCha8, 64 bytes per thread.

#define ROTATE_LEFT(x, by) (((x) << (by)) | ((x) >> (32 - (by))))
#define QUARTER(a, b, c, d) \
	a += b; d ^= a; d = ROTATE_LEFT(d, 16); \
	c += d; b ^= c; b = ROTATE_LEFT(b, 12); \
	a += b; d ^= a; d = ROTATE_LEFT(d, 8); \
	c += d; b ^= c; b = ROTATE_LEFT(b, 7);

// Each byte 0x80 (-128) as 0x81 (-127).
INLINE u32 entries_of(u32 word)
{
	u32 other = word ^ 0x80808080u;
	// The top bit of each byte of `zero` says that this byte of `other` is 0.
	u32 zero = ~(((other & 0x7f7f7f7fu) + 0x7f7f7f7fu) | other | 0x7f7f7f7fu);
	return word | (zero >> 7);
}

// Matrix number `stream` of the seed `key` (8 words): `blocks` times 64 entries.
KERNEL keystream(const u32 *key, u64 stream, u32 blocks, quad *out)
{
	u32 counter = BLOCK * THREADS + THREAD;
	u32 start[16] = {
		0x61707865u, 0x3320646eu, 0x79622d32u, 0x6b206574u,
		key[0], key[1], key[2], key[3], key[4], key[5], key[6], key[7],
		counter, 0, (u32)stream, (u32)(stream >> 32),
	};
	u32 s0 = start[0], s1 = start[1], s2 = start[2], s3 = start[3];
	u32 s4 = start[4], s5 = start[5], s6 = start[6], s7 = start[7];
	u32 s8 = start[8], s9 = start[9], s10 = start[10], s11 = start[11];
	u32 s12 = start[12], s13 = start[13], s14 = start[14], s15 = start[15];
	if (counter >= blocks)
		return;
	for (int twice = 0; twice < 4; twice++) {
		QUARTER(s0, s4, s8, s12)
		QUARTER(s1, s5, s9, s13)
		QUARTER(s2, s6, s10, s14)
		QUARTER(s3, s7, s11, s15)
		QUARTER(s0, s5, s10, s15)
		QUARTER(s1, s6, s11, s12)
		QUARTER(s2, s7, s8, s13)
		QUARTER(s3, s4, s9, s14)
	}
	// At most 2^22 blocks: 4 * counter does not wrap.
	out += 4 * counter;
#define QUAD(at, a, b, c, d) \
	out[at].x = entries_of(a + start[4 * at]); \
	out[at].y = entries_of(b + start[4 * at + 1]); \
	out[at].z = entries_of(c + start[4 * at + 2]); \
	out[at].w = entries_of(d + start[4 * at + 3]);
	QUAD(0, s0, s1, s2, s3)
	QUAD(1, s4, s5, s6, s7)
	QUAD(2, s8, s9, s10, s11)
	QUAD(3, s12, s13, s14, s15)
}

// ---- Tree: one kept node per block, whose threads hash a leaf each and then fold.

#define ROTATE_RIGHT(x, by) (((x) >> (by)) | ((x) << (64 - (by))))
#define MIX(a, b, c, d, x, y) \
	a += b + x; d ^= a; d = ROTATE_RIGHT(d, 32); \
	c += d; b ^= c; b = ROTATE_RIGHT(b, 24); \
	a += b + y; d ^= a; d = ROTATE_RIGHT(d, 16); \
	c += d; b ^= c; b = ROTATE_RIGHT(b, 63);
#define ROUND(i0, i1, i2, i3, i4, i5, i6, i7, i8, i9, i10, i11, i12, i13, i14, i15) \
	MIX(v0, v4, v8, v12, m[i0], m[i1]) \
	MIX(v1, v5, v9, v13, m[i2], m[i3]) \
	MIX(v2, v6, v10, v14, m[i4], m[i5]) \
	MIX(v3, v7, v11, v15, m[i6], m[i7]) \
	MIX(v0, v5, v10, v15, m[i8], m[i9]) \
	MIX(v1, v6, v11, v12, m[i10], m[i11]) \
	MIX(v2, v7, v8, v13, m[i12], m[i13]) \
	MIX(v3, v4, v9, v14, m[i14], m[i15])

// Blake2b with 32 bytes of output and no key, of the one block `m`, of which `length` bytes count.
INLINE void blake2_256(const u64 m[16], u64 length, u64 hash[4])
{
	const u64 h0 = 0x6a09e667f3bcc908ull ^ 0x01010020ull;
	const u64 h1 = 0xbb67ae8584caa73bull;
	const u64 h2 = 0x3c6ef372fe94f82bull;
	const u64 h3 = 0xa54ff53a5f1d36f1ull;
	u64 v0 = h0, v1 = h1, v2 = h2, v3 = h3;
	u64 v4 = 0x510e527fade682d1ull, v5 = 0x9b05688c2b3e6c1full;
	u64 v6 = 0x1f83d9abfb41bd6bull, v7 = 0x5be0cd19137e2179ull;
	u64 v8 = 0x6a09e667f3bcc908ull, v9 = 0xbb67ae8584caa73bull;
	u64 v10 = 0x3c6ef372fe94f82bull, v11 = 0xa54ff53a5f1d36f1ull;
	u64 v12 = 0x510e527fade682d1ull ^ length, v13 = 0x9b05688c2b3e6c1full;
	u64 v14 = ~0x1f83d9abfb41bd6bull, v15 = 0x5be0cd19137e2179ull;
	ROUND(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
	ROUND(14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3)
	ROUND(11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4)
	ROUND(7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8)
	ROUND(9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13)
	ROUND(2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9)
	ROUND(12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11)
	ROUND(13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10)
	ROUND(6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5)
	ROUND(10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0)
	ROUND(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
	ROUND(14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3)
	hash[0] = h0 ^ v0 ^ v8;
	hash[1] = h1 ^ v1 ^ v9;
	hash[2] = h2 ^ v2 ^ v10;
	hash[3] = h3 ^ v3 ^ v11;
}

#define PAIR(low, high) ((u64)(low) | (u64)(high) << 32)

// 0x00 | "tct/product" | challenge | index | 16 entries: 112 bytes.
INLINE void leaf_message(const u32 *challenge, u32 index, const quad *entries, u64 m[16])
{
	quad e0 = entries[0], e1 = entries[1], e2 = entries[2], e3 = entries[3];
	m[0] = PAIR(0x74637400u, 0x6f72702fu);
	m[1] = PAIR(0x74637564u, challenge[0]);
	m[2] = PAIR(challenge[1], challenge[2]);
	m[3] = PAIR(challenge[3], challenge[4]);
	m[4] = PAIR(challenge[5], challenge[6]);
	m[5] = PAIR(challenge[7], index);
	m[6] = PAIR(e0.x, e0.y);
	m[7] = PAIR(e0.z, e0.w);
	m[8] = PAIR(e1.x, e1.y);
	m[9] = PAIR(e1.z, e1.w);
	m[10] = PAIR(e2.x, e2.y);
	m[11] = PAIR(e2.z, e2.w);
	m[12] = PAIR(e3.x, e3.y);
	m[13] = PAIR(e3.z, e3.w);
	m[14] = 0;
	m[15] = 0;
}

// 0x01 | left | right: 65 bytes, each word of the hashes one byte further.
INLINE void node_message(const u64 left[4], const u64 right[4], u64 m[16])
{
	m[0] = 0x01 | left[0] << 8;
	m[1] = left[0] >> 56 | left[1] << 8;
	m[2] = left[1] >> 56 | left[2] << 8;
	m[3] = left[2] >> 56 | left[3] << 8;
	m[4] = left[3] >> 56 | right[0] << 8;
	m[5] = right[0] >> 56 | right[1] << 8;
	m[6] = right[1] >> 56 | right[2] << 8;
	m[7] = right[2] >> 56 | right[3] << 8;
	m[8] = right[3] >> 56;
	m[9] = m[10] = m[11] = m[12] = m[13] = m[14] = m[15] = 0;
}

// The kept nodes of the tree over `product` (row-major entries), 4 words each; a node per block.
KERNEL nodes(const u32 *challenge, const quad *product, u64 *out)
{
	SHARED u64 hashes[THREADS][4];
	u64 m[16], hash[4];
	u32 leaf = BLOCK * THREADS + THREAD;
	for (u32 width = THREADS; width > 0; width /= 2) {
		if (THREAD < width) {
			int at_leaves = width == THREADS;
			if (at_leaves)
				leaf_message(challenge, leaf, product + 4 * (u64)leaf, m);
			else
				node_message(hashes[2 * THREAD], hashes[2 * THREAD + 1], m);
			blake2_256(m, at_leaves ? 112 : 65, hash);
		}
		BARRIER();
		if (THREAD < width)
			for (int word = 0; word < 4; word++)
				hashes[THREAD][word] = hash[word];
		BARRIER();
	}
	if (THREAD < 4)
		out[4 * (u64)BLOCK + THREAD] = hashes[0][THREAD];
}
