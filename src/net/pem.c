// SPDX-License-Identifier: Apache-2.0
#include "net/pem.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <sys/stat.h>
#include <unistd.h>

static bool say_unreadable(struct bp_trouble *trouble, const char *what, const char *path,
                           const char *why)
{
    char before[64];
    struct buf out = buf_of(before, sizeof before - 1);
    buf_put_text(&out, "cannot read ");
    buf_put_text(&out, what);
    buf_put_text(&out, " ");
    before[out.len] = '\0';
    return bp_trouble_say(trouble, before, path, why);
}

static bool say_errno(struct bp_trouble *trouble, const char *what, const char *path, int error)
{
    char why[160] = ": ";
    if (strerror_r(error, why + 2, sizeof why - 2) != 0)
        why[0] = '\0';
    return say_unreadable(trouble, what, path, why);
}

// Returns the errno, or 0.
static int copy(BIO *out, int fd)
{
    char space[4096];
    int error = 0;
    size_t total = 0;
    for (;;) {
        ssize_t n = read(fd, space, sizeof space);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            error = errno;
        if (n <= 0)
            break;
        total += (size_t)n;
        if (total > BP_PEM_LEN_MAX)
            error = EFBIG;
        else if (BIO_write(out, space, (int)n) != n)
            error = ENOMEM;
        if (error != 0)
            break;
    }
    OPENSSL_cleanse(space, sizeof space);
    return error;
}

BIO *bp_pem_open(struct bp_trouble *trouble, const char *what, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    BIO *out = fd < 0 ? NULL : BIO_new(BIO_s_mem());
    int error = fd < 0 ? errno : out == NULL ? ENOMEM : copy(out, fd);
    if (fd >= 0)
        close(fd);
    if (error == 0 && BIO_ctrl_pending(out) != 0)
        return out;
    BIO_free(out);
    if (error == EISDIR)
        say_unreadable(trouble, what, path, ": it is a folder; name a file in it");
    else if (error == EFBIG)
        say_unreadable(trouble, what, path, ": it is longer than 8 MiB");
    else if (error != 0)
        say_errno(trouble, what, path, error);
    else
        say_unreadable(trouble, what, path, ": it is empty");
    return NULL;
}

bool bp_pem_at_end(void)
{
    unsigned long error = ERR_peek_last_error();
    if (ERR_GET_LIB(error) != ERR_LIB_PEM || ERR_GET_REASON(error) != PEM_R_NO_START_LINE)
        return false;
    ERR_clear_error();
    return true;
}
