"""Commands that run until they are told to stop."""

import argparse

from motcua.config.cli import setup


def worker(given: argparse.Namespace) -> int:
    """Do jobs until SIGTERM or SIGINT; the job at hand is finished first."""
    setup()
    from motcua.config.jobs import run_worker

    run_worker(concurrency=given.concurrency)
    return 0


def demo_peers(given: argparse.Namespace) -> int:
    """Answer as the SMS gateway, at MOTCUA_DEMO_PEERS_URL."""
    from motcua.config.peers.gateways import serve

    serve()
    return 0


def demo_national(given: argparse.Namespace) -> int:
    """Answer as the National portal, at MOTCUA_NATIONAL_ISSUER."""
    from motcua.config.peers.national.serving import serve

    serve()
    return 0


def demo_vnpay(given: argparse.Namespace) -> int:
    """Answer as VNPAY, at MOTCUA_VNPAY_URL."""
    from motcua.config.peers.vnpay import serve

    serve()
    return 0


def demo_zalo(given: argparse.Namespace) -> int:
    """Answer as Zalo, at MOTCUA_ZALO_URL."""
    from motcua.config.peers.zalo.web import serve

    serve()
    return 0


def demo_post(given: argparse.Namespace) -> int:
    """Answer as the public post, at MOTCUA_POST_URL."""
    from motcua.config.peers.post.serving import serve

    serve()
    return 0


def mail_catcher(given: argparse.Namespace) -> int:
    """Take all mail at MOTCUA_SMTP_HOST and MOTCUA_SMTP_PORT."""
    from motcua.config.peers.mail import serve

    serve()
    return 0
