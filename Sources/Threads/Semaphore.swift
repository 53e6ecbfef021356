import CSystem

/// Counts the free places. A thread that finds none waits. It is like Python's
/// `threading.Semaphore`.
///
/// C functions: `pthread_mutex_lock(3)`, `pthread_cond_wait(3)`.
public final class Semaphore: @unchecked Sendable {
    // The C library wants both at an address that never changes. The mutex guards `free`.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let becameFree = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var free: Int

    /// Makes a semaphore with `count` free places, 0 or more.
    public init(_ count: Int) {
        precondition(count >= 0, "a number of places is not negative")
        free = count
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(becameFree, nil)
    }

    deinit {
        pthread_cond_destroy(becameFree)
        pthread_mutex_destroy(mutex)
        becameFree.deallocate()
        mutex.deallocate()
    }

    /// Takes a place; waits while there is none.
    public func acquire() {
        pthread_mutex_lock(mutex)
        while free == 0 { pthread_cond_wait(becameFree, mutex) }
        free -= 1
        pthread_mutex_unlock(mutex)
    }

    /// Gives a place back; any thread may.
    public func release() {
        pthread_mutex_lock(mutex)
        free += 1
        pthread_cond_signal(becameFree)
        pthread_mutex_unlock(mutex)
    }
}
