"""What every admin of this site uses: paging without counting, read-only rows, who asks."""
